// Swagger UI that signs in by itself: after a login or a refresh in the page, every request
// carries the new access token.
const METHODS = ["get", "post", "put", "patch", "delete"];
const order = (operation) => METHODS.indexOf(operation.get("method"));

const place = document.getElementById("docs");

const ui = SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  operationsSorter: (one, other) => order(one) - order(other),
  responseInterceptor(response) {
    const { access_token: token } = response.obj ?? {};
    if (token && /\/auth\/login\/?$/.test(response.url)) {
      ui.preauthorizeApiKey("bearer", `Bearer ${token}`);
    }
    return response;
  },
});
