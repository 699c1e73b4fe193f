provider "helm" {}

variable "arangodb_password" {
  type      = string
  sensitive = true
}

variable "cassandra_password" {
  type      = string
  sensitive = true
}

variable "s3_secret_key" {
  type      = string
  sensitive = true
}

module "stores" {
  source = "../../../stores"

  arangodb  = { url = "https://arangodb.example.org:8529" }
  cassandra = { contact_points = ["cassandra-0.example.org:9042", "cassandra-1.example.org:9042"], datacenter = "dc1", user = "slipway", tls = true }
  s3        = { url = "https://s3.example.org", bucket = "slipway", access_key = "slipway" }

  arangodb_password  = var.arangodb_password
  cassandra_password = var.cassandra_password
  s3_secret_key      = var.s3_secret_key
}

module "slipway" {
  source = "../.."

  image_repository = "registry.example.org/slipway"
  mode             = "distributed"
  create_namespace = false # the stores' Secrets are in it already
  stores           = module.stores.values
}
