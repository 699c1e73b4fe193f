locals {
  service = "${var.name}-${var.mode == "standalone" ? "standalone" : "gateway"}"
  chart   = var.chart == null ? abspath("${path.module}/../../../infra/helm/slipway") : var.chart

  values = {
    mode             = var.mode
    fullnameOverride = var.name
    image            = { repository = var.image_repository, tag = var.image_tag }
    standalone       = { persistence = { size = var.volume_size } }
    ingress = {
      enabled   = var.host != null
      className = var.ingress_class
      hosts     = var.host == null ? [] : [var.host]
      tls       = var.tls_secret == null ? [] : [{ secretName = var.tls_secret, hosts = [var.host] }]
    }
  }
}

resource "helm_release" "slipway" {
  name             = var.name
  namespace        = var.namespace
  create_namespace = var.create_namespace
  chart            = local.chart
  repository       = var.chart_repository
  version          = var.chart_version
  # Later values win; Helm merges maps.
  values  = [yamlencode(local.values), yamlencode({ stores = var.stores }), yamlencode(var.values)]
  wait    = true
  atomic  = true
  timeout = var.timeout_seconds
}
