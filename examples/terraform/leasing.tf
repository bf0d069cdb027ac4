# What jobs can lease: a session of AWS that ends with the job, and a database login for every job.
resource "secrets_integration_aws" "aws" {
  name                         = "aws"
  region                       = "eu-central-1"
  access_key_id                = var.aws_access_key_id
  secret_access_key_wo         = var.aws_secret_access_key
  secret_access_key_wo_version = "1"
  endpoints                    = var.aws_endpoint == null ? null : { sts = var.aws_endpoint, iam = var.aws_endpoint }
  allowed                      = ["${secrets_project.shop.name}/${local.prd}"]
  ceiling                      = { role_arns = [var.aws_role_arn], max_ttl_sec = 3600 }
}

resource "secrets_dynamic_secret_aws_sts" "deploy" {
  project         = secrets_project.shop.name
  config          = local.prd
  name            = "DEPLOY"
  integration     = secrets_integration_aws.aws.name
  role_arn        = var.aws_role_arn
  hard_revoke     = true # AWS itself denies the session as soon as the job has ended
  default_ttl_sec = 1800
  max_ttl_sec     = 3600
}

resource "secrets_integration_postgres" "db" {
  for_each            = { stg = "shop_stg", prd = "shop" }
  name                = "${each.key}-db"
  host                = var.db_host
  port                = var.db_port
  database            = each.value
  username            = var.db_username
  password_wo         = var.db_password
  password_wo_version = "1"
  sslmode             = var.db_sslmode
  allowed             = ["${secrets_project.shop.name}/${secrets_environment.of[each.key].config}"]
  ceiling             = { group_roles = ["shop_reader"], max_ttl_sec = 3600 }
}

resource "secrets_dynamic_secret_postgres" "login" {
  for_each    = secrets_integration_postgres.db
  project     = secrets_project.shop.name
  config      = secrets_environment.of[each.key].config
  name        = "SHOP_DB"
  integration = each.value.name
  group_roles = ["shop_reader"]
  max_ttl_sec = 1800
}
