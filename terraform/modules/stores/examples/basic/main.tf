provider "helm" {}

variable "s3_secret_key" {
  type      = string
  sensitive = true
}

# The standalone mode may have single stores on servers, here only the files.
module "stores" {
  source = "../.."

  s3            = { url = "https://s3.example.org", bucket = "slipway", access_key = "slipway" }
  s3_secret_key = var.s3_secret_key
}

output "stores" {
  value = module.stores.values
}
