variable "webhook_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "slipway_webhook" "builds" {
  name              = "builds"
  url               = "https://ci.example.org/hooks/slipway"
  events            = ["model_version.created", "model_version_alias.created"]
  secret_wo         = var.webhook_secret
  secret_wo_version = 1
}
