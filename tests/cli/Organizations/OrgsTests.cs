using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Organizations;

public sealed class OrgsTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task An_organisation_is_made_shown_changed_suspended_resumed_and_deleted()
    {
        (await Admin.Run("orgs", "create", "acme", "--name", "Acme Ltd", "--email", "Ops@acme.example")).Is(0, Facts("Acme Ltd", "active"));
        (await Admin.Run("orgs show acme")).Is(0, Facts("Acme Ltd", "active"));
        (await Admin.Run("orgs update acme --name Acme")).Is(0, Facts("Acme", "active"));
        (await Admin.Run("orgs suspend acme")).Is(0, Facts("Acme", "suspended"));
        (await Admin.Run("orgs resume acme")).Is(0, Facts("Acme", "active"));

        (await Admin.Typing("acme\n").Run("orgs delete acme")).Is(
            0, Facts("Acme", "active"),
            "Organisation acme will be deleted, and all its API keys and tokens revoked. That can't be undone. Type acme to go on: ", errorsEndLine: false);

        (await Admin.Run("orgs show acme")).Is(2, "", "tumbler: There is no organization 'acme'.");
    }

    [Fact]
    public async Task As_json_every_verb_prints_the_servers_answer()
    {
        const string members = "slug name email status api_keys created_at updated_at";
        foreach (var words in (string[])["create json --name J --email j@json.example", "show json", "update json --name K", "suspend json", "resume json", "delete json --yes"])
        {
            var document = (await Admin.Run($"orgs {words} --json")).Document();
            Assert.Equal(members, string.Join(' ', document.EnumerateObject().Select(member => member.Name)));
        }
    }

    [Fact]
    public async Task What_the_server_refuses_it_says_why()
    {
        await Given("orgs create taken --name T --email t@taken.example");

        Assert.Equal(2, (await Admin.Run("orgs create taken --name T --email t@taken.example")).Code);
        foreach (var words in (string[])["update", "suspend", "resume", "delete --yes"])
            (await Admin.Run($"orgs {words} nobody{(words == "update" ? " --name N" : "")}")).Is(2, "", "tumbler: There is no organization 'nobody'.");
        var broken = await Admin.Run("orgs", "create", "broken", "--name", "", "--email", "nowhere");
        Assert.Equal(2, broken.Code);
        Assert.Matches("^tumbler: 2 rules are broken:\n  name must .+\n  email must .+\n$", broken.Errors);
    }

    [Fact]
    public async Task What_is_no_slug_or_lacks_a_name_is_an_error_of_usage()
    {
        (await Admin.Run("orgs create a! --name A --email a@a.example")).Is(64, "", """
            tumbler: 'a!' is not an organisation's slug: 3 to 50 characters of a-z, A-Z, 0-9 and _.
            Try: tumbler orgs create --help
            """);
        (await Admin.Run("orgs create abc --name A")).Is(64, "", """
            tumbler: Option '--email' is required.
            Try: tumbler orgs create --help
            """);
    }

    private static string Facts(string name, string status) => $"""
        slug        acme
        name        {name}
        email       ops@acme.example
        status      {status}
        api keys    0
        created at  <time>
        updated at  <time>
        """;
}
