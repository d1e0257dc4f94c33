// The functions use the server's URL from the document. They send only JSON: for an operation that
// also takes a form, they would not set the content type.
export default {
  kinoteka: {
    input: { target: "openapi.json" },
    output: {
      target: "client.ts",
      client: "fetch",
      baseUrl: { getBaseUrlFromSpecification: true },
      override: { contentType: { include: ["application/json"] } },
    },
  },
};
