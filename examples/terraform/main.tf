# A shop: its places, its secrets, and which repository may read them. What can be leased is in leasing.tf.
terraform {
  required_version = ">= 1.11"
  required_providers {
    secrets = {
      source  = "org/secrets"
      version = ">= 1.0.0, < 2.0.0"
    }
  }
}

provider "secrets" {
  host = var.url
}

resource "secrets_project" "shop" {
  name        = "shop"
  description = "The shop and its workers"
}

resource "secrets_environment" "of" {
  for_each = { dev = "Development", stg = "Staging", prd = "Production" }
  project  = secrets_project.shop.name
  slug     = each.key
  name     = each.value
}

resource "secrets_config" "worker" {
  project     = secrets_project.shop.name
  environment = secrets_environment.of["dev"].slug
  name        = "dev_worker"
}

locals {
  prd    = secrets_environment.of["prd"].config
  origin = trimsuffix(var.url, "/")
}

resource "secrets_secret" "log_level" {
  for_each         = { dev = "unmasked", stg = "unmasked", prd = "masked" }
  project          = secrets_project.shop.name
  config           = secrets_environment.of[each.key].config
  name             = "LOG_LEVEL"
  visibility       = each.value
  value_wo         = var.log_level
  value_wo_version = "1"
}

resource "secrets_secret" "session_key" {
  for_each   = { dev = "masked", stg = "masked", prd = "restricted" }
  project    = secrets_project.shop.name
  config     = secrets_environment.of[each.key].config
  name       = "SESSION_KEY"
  visibility = each.value
  generate   = { length = 48 }
}

resource "secrets_secret" "queue_key" {
  project  = secrets_project.shop.name
  config   = secrets_config.worker.name
  name     = "QUEUE_KEY"
  generate = {}
}

resource "secrets_secret" "stripe_key" {
  project          = secrets_project.shop.name
  config           = local.prd
  name             = "STRIPE_KEY"
  visibility       = "restricted"
  value_wo         = var.stripe_key
  value_wo_version = "1"
}

# An identity per repository: the shop deploys from a protected environment, the worker is tested from its protected main.
locals {
  repositories = {
    shop = {
      id          = "700000001"
      environment = "prd"
      subject     = "environment:production"
      claims      = { environment = ["production"] }
    }
    shop-worker = {
      id          = "700000002"
      environment = "stg"
      subject     = "ref:refs/heads/main"
      claims      = { ref = ["refs/heads/main"], ref_protected = ["true"] }
    }
  }
  owner_id = "90001"
}

resource "secrets_service_account" "ci" {
  for_each = local.repositories
  name     = "${each.key}-ci"
  projects = {
    (secrets_project.shop.name) = {
      role         = "viewer"
      environments = [secrets_environment.of[each.value.environment].slug]
    }
  }
}

resource "secrets_oidc_identity" "github" {
  for_each        = local.repositories
  service_account = secrets_service_account.ci[each.key].id
  name            = "${each.key}-github"
  discovery_url   = var.issuer
  claims_type     = "exact"
  claims = merge({
    aud = [local.origin]
    # Both forms that GitHub writes: by names, and by names and numbers.
    sub = [
      "repo:acme/${each.key}:${each.value.subject}",
      "repo:acme@${local.owner_id}/${each.key}@${each.value.id}:${each.value.subject}",
    ]
    # The numbers keep a renamed or re-created repository out.
    repository_id       = [each.value.id]
    repository_owner_id = [local.owner_id]
    event_name          = ["push", "workflow_dispatch"]
  }, each.value.claims)
}

output "shop-identity" { value = secrets_oidc_identity.github["shop"].id }
output "shop-worker-identity" { value = secrets_oidc_identity.github["shop-worker"].id }
