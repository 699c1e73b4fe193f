provider "helm" {}

module "slipway" {
  source = "../.."

  image_repository = "registry.example.org/slipway"
  host             = "slipway.example.org"
  tls_secret       = "slipway-tls"
  values           = { ingress = { controller = "nginx" } }
}

output "token_command" {
  value = module.slipway.token_command
}
