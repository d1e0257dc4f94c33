// The functions send requests to the address that the document names, and bodies as JSON alone: where
// a form is welcome too, they would not say which of both they send.
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
