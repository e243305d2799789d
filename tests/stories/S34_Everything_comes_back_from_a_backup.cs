using Tumbler.Stories.Tests.Deploy;
using Tumbler.Stories.Tests.Readme;

namespace Tumbler.Stories.Tests;

public sealed class S34_Everything_comes_back_from_a_backup(StoryRun run)
{
    private const string Before = """
        admin "$TUMBLER/api/v1/organizations" -d '{"slug": "acme", "name": "Acme", "email": "ops@acme.example"}' >/dev/null
        (umask 077; admin "$TUMBLER/api/v1/organizations/acme/api-keys" -d '{"name": "billing", "scopes": ["invoices:read"]}' >"$TUMBLER_TOP/key.json")
        token() { curl -sS --fail-with-body $TUMBLER_CURL -K <(printf 'user = "%s:%s"\n' "$(member id <"$TUMBLER_TOP/key.json")" "$(member key <"$TUMBLER_TOP/key.json")") -d grant_type=client_credentials "$TUMBLER/oauth2/token"; }
        token | member access_token >"$TUMBLER_TOP/token"
        [ -s "$TUMBLER_TOP/token" ]
        """;

    private const string After = """
        curl -sS --fail-with-body $TUMBLER_CURL -H @<(printf 'X-Admin-Key: %s' "$(cat "$TUMBLER_ADMIN_KEY_FILE")") --data-urlencode "token@$TUMBLER_TOP/token" "$TUMBLER/oauth2/introspect" | grep '"active":true'
        kid=$(cut -d. -f1 "$TUMBLER_TOP/token" | tr -- -_ +/ | base64 -d 2>/dev/null | grep -o '"kid":"[^"]*"')
        curl -sS --fail-with-body $TUMBLER_CURL "$TUMBLER/.well-known/jwks.json" | grep -F "$kid"
        curl -sS --fail-with-body $TUMBLER_CURL -o /dev/null -K <(printf 'user = "%s:%s"\n' "$(member id <"$TUMBLER_TOP/key.json")" "$(member key <"$TUMBLER_TOP/key.json")") -d grant_type=client_credentials "$TUMBLER/oauth2/token"
        admin -X POST "$TUMBLER/api/v1/admin/audit-logs/verify" | grep '"valid":true'
        """;

    [Fact]
    public async Task Tokens_from_before_still_verify_and_so_does_the_log()
    {
        StoryRun.LongFormOnly();
        Assert.SkipUnless(Environment.UserName == "root", "The runbook is for root.");
        using var installation = new Installation(run);
        await installation.Checklist();
        var preamble = ShellBlocks.Of(await File.ReadAllTextAsync(Path.Combine(run.Root, "docs/runbooks/README.md"), TestContext.Current.CancellationToken));
        await installation.Paste("before", [.. preamble, Before]);
        await installation.Runbook("restore", "Make a backup");

        // Killed, not stopped; then nothing is left but the program, the gateway's settings and the backup.
        await installation.Paste("destroy",
        [
            """
            for part in "$TUMBLER_TOP"/run/tumbler/*; do touch "$part/down"; done
            for part in silo-1 silo-2 silo-3 redis; do kill -9 "$(cat "$TUMBLER_TOP/run/tumbler/$part/pid")"; done
            for part in gateway silo-1 silo-2 silo-3 redis; do deploy/systemd/service stop $part; done
            psql -X -q -d postgres -c 'DROP DATABASE tumbler WITH (FORCE)' -c 'DROP ROLE tumbler, tumbler_owner, tumbler_runtime'
            rm -r "$TUMBLER_TOP/etc/tumbler" "$TUMBLER_TOP/var/lib/tumbler"
            """,
        ]);
        await installation.Runbook("restore", "Restore", blocks: null, After);
    }
}
