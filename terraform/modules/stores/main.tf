locals {
  # Which Secrets there are is no secret.
  has = {
    arangodb  = var.arangodb != null && nonsensitive(var.arangodb_password != null)
    cassandra = var.cassandra != null && nonsensitive(var.cassandra_password != null)
    s3        = var.s3 != null && nonsensitive(var.s3_secret_key != null)
  }

  secrets = merge(
    local.has.arangodb ? { arangodb = { password = var.arangodb_password } } : {},
    local.has.cassandra ? { cassandra = { password = var.cassandra_password } } : {},
    local.has.s3 ? { s3 = { access-key = var.s3.access_key, secret-key = var.s3_secret_key } } : {},
  )

  values = merge(
    var.arangodb == null ? {} : { arangodb = {
      url            = var.arangodb.url
      database       = var.arangodb.database
      user           = var.arangodb.user
      existingSecret = local.has.arangodb ? "${var.name}-arangodb" : ""
    } },
    var.cassandra == null ? {} : { cassandra = {
      contactPoints  = join(",", var.cassandra.contact_points)
      datacenter     = var.cassandra.datacenter
      keyspace       = var.cassandra.keyspace
      user           = var.cassandra.user
      replication    = var.cassandra.replication
      tls            = var.cassandra.tls
      existingSecret = local.has.cassandra ? "${var.name}-cassandra" : ""
    } },
    var.s3 == null ? {} : { s3 = {
      url            = var.s3.url
      bucket         = var.s3.bucket
      prefix         = var.s3.prefix
      region         = var.s3.region
      existingSecret = local.has.s3 ? "${var.name}-s3" : ""
    } },
  )
}

resource "helm_release" "secrets" {
  name             = var.name
  namespace        = var.namespace
  create_namespace = var.create_namespace
  chart            = abspath("${path.module}/chart")
  values           = [sensitive(yamlencode({ secrets = local.secrets }))]
}
