data "slipway_manifest" "production" {
  model   = "digits"
  channel = "production"
  key_set = file("${path.module}/slipway-keys.json")
}
