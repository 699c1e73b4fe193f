data "slipway_release" "production" {
  model   = "digits"
  channel = "production"
}
