// Says so in words that Terraform shows when this Node is too old for the bundle; written for any Node.
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 11)) {
  process.stdout.write(
    'the secrets provider needs Node.js 20.11 or newer, this is ' +
      process.versions.node +
      ': set SECRETS_NODE to a newer one\n',
  );
  process.exitCode = 1;
} else {
  var fail = function (error) {
    process.stderr.write('the secrets provider could not start: ' + error.message + '\n');
    process.exitCode = 1;
  };
  try {
    Promise.resolve(require('./index.js')).catch(fail);
  } catch (error) {
    fail(error);
  }
}
