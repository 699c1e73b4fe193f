data "slipway_model_version" "production" {
  model = "digits"
  alias = "production"
}
