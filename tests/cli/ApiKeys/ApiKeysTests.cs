using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.ApiKeys;

public sealed class ApiKeysTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task A_new_key_is_shown_once_and_listed_without_it()
    {
        await Org("shown");

        var made = await Admin.Run("api-keys create shown --name billing --scope a:read --scope a:write --audience https://a.example --allow-address 10.0.0.0/8 --rate-limit 100/1m");

        made.Is(0, """
            key         <key>
            id          <id>
            name        billing
            scopes      a:read, a:write
            audiences   https://a.example
            addresses   10.0.0.0/8
            rate limit  100/PT1M
            expires at  -
            """, "This is the only time that the key is shown.");
        (await Admin.Run("api-keys list shown")).Is(0, """
            ID                                    NAME     STATE   SCOPES           ENDS  LAST USED
            <id>  billing  active  a:read, a:write  -     -
            """);
        Assert.DoesNotContain(KeyIn(made), (await Admin.Run("api-keys list shown --json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_goes_into_a_file_of_its_own_and_is_not_printed()
    {
        await Org("filed");

        var said = await Admin.Run("api-keys create filed --name billing --out billing.key");

        said.Is(0, """
            id          <id>
            name        billing
            scopes      -
            audiences   -
            addresses   -
            rate limit  -
            expires at  -
            """, "The key is in billing.key. It is not shown again.");
        var key = (await File.ReadAllTextAsync(Folder.File("billing.key"), TestContext.Current.CancellationToken)).TrimEnd('\n');
        Assert.Matches("^filed_api_[0-9A-Za-z]{38}$", key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.File("billing.key")));
        Assert.DoesNotContain(key, said.Output + said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_key_could_not_be_written_none_is_made()
    {
        await Org("unwritten");
        Folder.Write("taken", "");

        (await Admin.Run("api-keys create unwritten --name billing --out taken")).Is(
            73, "", "tumbler: taken can't be written: there is a file of this name, and it is not replaced.");

        (await Admin.Run("api-keys list unwritten")).Is(0, "", "There are none.");
    }

    [Fact]
    public async Task What_is_given_is_changed_and_the_rest_stays()
    {
        await Org("changed");
        var id = await Given("api-keys create changed --name billing --scope a:read --rate-limit 5/1h", "id");

        (await Admin.Run($"api-keys update changed {id} --name invoices --rate-limit none --expires-at 2099-01-01T00:00:00Z")).Is(0, """
            id           <id>
            name         invoices
            state        active
            fingerprint  <print>
            scopes       a:read
            audiences    -
            addresses    -
            rate limit   -
            created at   <time>
            expires at   <time>
            revoked at   -
            last used    -
            """);
        (await Admin.Run($"api-keys update changed {id} --rate-limit often")).Is(64, "", """
            tumbler: 'often' is not how a limit is written: 100/1m for a hundred in a minute, or none.
            Try: tumbler api-keys update --help
            """);
        var refused = await Admin.Run($"api-keys update changed {id} --expires-at tomorrow");
        Assert.Equal(2, refused.Code);
        Assert.StartsWith("tumbler: expires_at ", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_overlap_the_old_keys_are_accepted_a_while_and_nobody_is_asked()
    {
        await Org("overlapping");
        Folder.Write("old.key", KeyIn(await Given("api-keys create overlapping --name billing")));

        (await Admin.Run("api-keys rotate overlapping --overlap 10m")).Is(0, """
            key           <key>
            id            <id>
            replaces      <id>
            old keys end  <time>
            """, "This is the only time that the key is shown.");

        Assert.Equal(0, (await Admin.Run("api-keys verify --file old.key")).Code);
        Assert.Contains("retiring", (await Admin.Run("api-keys list overlapping")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_overlap_they_end_at_once()
    {
        await Org("sudden");
        Folder.Write("old.key", KeyIn(await Given("api-keys create sudden --name billing")));

        var rotated = await Admin.Typing("sudden\n").Run("api-keys rotate sudden --out new.key");

        rotated.Is(0, """
            id            <id>
            replaces      <id>
            old keys end  <time>
            """, """
            Every API key of organisation sudden will be refused at once. That can't be undone. Type sudden to go on: The key is in new.key. It is not shown again.
            """);
        Assert.Equal(1, (await Admin.Run("api-keys verify --file old.key")).Code);
        Assert.Equal(0, (await Admin.Run("api-keys verify --file new.key")).Code);
    }

    [Fact]
    public async Task A_revoked_key_is_refused()
    {
        await Org("revoked");
        var made = await Given("api-keys create revoked --name billing --out billing.key");
        var id = made.Output.Split('\n')[0].Split(' ')[^1];

        var said = await Admin.Typing($"{id[..8]}\n").Run($"api-keys revoke revoked {id}");

        Assert.Equal(0, said.Code);
        Assert.Contains("state        revoked\n", said.Output, StringComparison.Ordinal);
        (await Admin.Run("api-keys verify --file billing.key")).Is(1, "valid   no\nreason  invalid_key");
        Assert.Equal("revoked", (await Admin.Run($"api-keys revoke revoked {id} --yes --json")).Document().GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_good_key_is_good_for_what_it_was_granted()
    {
        await Org("granted");
        var key = KeyIn(await Given("api-keys create granted --name billing --scope a:read"));
        var script = Admin with { Input = $"{key}\n" };

        (await script.Run("api-keys verify --scope a:read")).Is(0, """
            valid   yes
            org     granted
            id      <id>
            scopes  a:read
            """);
        (await script.Run("api-keys verify --file - --scope a:write")).Is(1, "valid   no\nreason  insufficient_scope");
        var document = await script.Run("api-keys verify --scope a:write --json");
        Assert.Equal((1, ""), (document.Code, document.Errors));
        Assert.StartsWith("{\"valid\":false,\"reason\":\"insufficient_scope\"", document.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_not_copied_whole_is_said_to_be_so() =>
        (await (Admin with { Input = "acme_api_5Yx0PpmVYpIEfcGkT0rVdqbm6MnZL4Ff000000\n" }).Run("api-keys verify")).Is(
            1, "valid   no\nreason  invalid_key", "It has not the form and checksum of a key of this product: was it copied whole?");

    [Fact]
    public async Task What_the_server_refuses_it_says_why()
    {
        await Org("refusing");

        (await Admin.Run("api-keys list nobody")).Is(2, "", "tumbler: There is no organization 'nobody'.");
        (await Admin.Run("api-keys create nobody --name n")).Is(2, "", "tumbler: There is no organization 'nobody'.");
        (await Admin.Run("api-keys rotate nobody --overlap 1m")).Is(2, "", "tumbler: There is no organization 'nobody'.");
        foreach (var verb in (string[])["update", "revoke --yes"])
        {
            (await Admin.Run($"api-keys {verb} refusing 0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e{(verb == "update" ? " --name n" : "")}"))
                .Is(2, "", "tumbler: There is no API key '<id>'.");
        }

        Assert.Equal(2, (await Admin.Run("api-keys rotate refusing --overlap 8d")).Code);
    }

    [Fact]
    public async Task An_organisations_own_key_is_a_credential_for_its_own()
    {
        await Org("ownkey");
        await Given("api-keys create ownkey --name billing --out own.key");
        var own = Admin.With("TUMBLER_ADMIN_KEY_FILE", Folder.File("own.key"));

        Assert.Equal(0, (await own.Run("api-keys list ownkey")).Code);
        (await own.Run("rings list")).Is(77, "", """
            tumbler: This credential is good, but not for this.
            Who may what: docs/http.md#rights.
            """);
    }

    private Task<Said> Org(string slug) => Given($"orgs create {slug} --name {slug} --email ops@{slug}.example");

    private static string KeyIn(Said made) => made.Output.Split('\n')[0].Split(' ')[^1];
}
