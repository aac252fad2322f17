import { optionValues } from '@plimsoll/documents';
import { deploy, variableImage } from './deploy-parts.ts';
import type { DeployPlatform } from './model.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

/** A tool that makes something run which is no image. */
function code(
  calls: ToolRow['calls'],
  platform: DeployPlatform,
  values: string,
  examples: ToolRow['examples'],
): ToolRow {
  return row({
    calls,
    does: 'deploy',
    options: { values },
    read: (call) => deploy(call, platform, { of: 'code' }),
    examples,
  });
}

/** Sites, functions and infrastructure: what deploys them needs a gate as well, though there is no digest. */
export const deployCode: readonly ToolRow[] = [
  code(['vercel deploy', 'vc deploy'], 'a site or function', 't,token scope cwd env build-env meta', {
    is: ['vercel deploy --prebuilt --prod'],
    isNot: ['vercel build', 'vercel pull'],
  }),
  code(['netlify deploy', 'ntl deploy'], 'a site or function', 'd,dir s,site auth message alias f,functions', {
    is: ['netlify deploy --prod --dir dist'],
    isNot: ['netlify build'],
  }),
  code(['wrangler deploy', 'wrangler publish', 'wrangler pages deploy'], 'a site or function', 'e,env c,config name', {
    is: ['npx wrangler deploy --env production', 'wrangler pages deploy dist'],
    isNot: ['wrangler dev', 'wrangler secret put A'],
  }),
  code(['firebase deploy'], 'a site or function', 'P,project only token config', {
    is: ['firebase deploy --only hosting'],
    isNot: ['firebase emulators:start'],
  }),
  code(['serverless deploy', 'sls deploy'], 'a site or function', 's,stage r,region c,config', {
    is: ['npx serverless deploy --stage prod'],
    isNot: ['serverless package'],
  }),
  code(
    ['sam deploy'],
    'a site or function',
    'stack-name s3-bucket region parameter-overrides capabilities t,template',
    {
      is: ['sam deploy --no-confirm-changeset'],
      isNot: ['sam build'],
    },
  ),
  code(
    ['gcloud app deploy', 'gcloud functions deploy'],
    'a site or function',
    'project region version runtime image-url',
    {
      is: ['gcloud app deploy app.yaml --quiet'],
      isNot: ['gcloud app logs tail'],
    },
  ),
  code(['eb deploy'], 'a site or function', 'l,label m,message timeout profile region', {
    is: ['eb deploy prod --timeout 20'],
    isNot: ['eb status'],
  }),
  row({
    calls: ['terraform apply', 'tofu apply', 'terragrunt apply'],
    does: 'deploy',
    options: { values: 'var var-file target state lock-timeout parallelism replace', singleDash: true },
    read: (call) => {
      const images = optionValues(call, 'var').flatMap(variableImage);
      return deploy(call, 'infrastructure', { images, ...(images.length === 0 && { of: 'code' }) });
    },
    examples: {
      is: ['terraform apply -auto-approve', 'terraform -chdir=infra apply -auto-approve -var image_tag=1'],
      isNot: ['terraform plan', 'terraform validate'],
    },
  }),
  code(['pulumi up', 'pulumi update'], 'infrastructure', 's,stack C,cwd c,config', {
    is: ['pulumi up --yes --stack prod'],
    isNot: ['pulumi preview'],
  }),
  code(['cdk deploy'], 'infrastructure', 'c,context profile require-approval a,app o,output', {
    is: ['npx cdk deploy --all --require-approval never'],
    isNot: ['cdk synth', 'cdk diff'],
  }),
];
