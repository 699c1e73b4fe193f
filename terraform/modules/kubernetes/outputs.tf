output "endpoint" {
  description = "Where Slipway is reached: by its name, or within the cluster."
  value       = var.host == null ? "http://${local.service}.${var.namespace}.svc:8080" : "${var.tls_secret == null ? "http" : "https"}://${var.host}"
}

output "release" {
  description = "The name of the Helm release, known once it is installed."
  value       = helm_release.slipway.name
}

output "token_command" {
  description = "Prints a first token, an admin's, for the provider slipway."
  value = join(" ", [
    "kubectl -n ${var.namespace} exec ${var.mode == "standalone" ? "statefulset" : "deployment"}/${local.service} --",
    "java --enable-native-access=ALL-UNNAMED -cp '/slipway/slipway.jar:/slipway/lib/*'",
    "dev.slipway.standalone.Main token create --name terraform --role admin",
  ])
}
