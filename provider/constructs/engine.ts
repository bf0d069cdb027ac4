// The line of CDK for Terraform under the constructs: all that is used of it, named once, so that a build for the other line changes this file alone.
export {
  Annotations,
  dependable,
  type IAspect,
  type IResolvable,
  type ITerraformDependable,
  Lazy,
  ref,
  TerraformDataSource,
  TerraformElement,
  type TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Token,
} from 'cdktf';
