using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Servers;

/// <summary>What a server may answer that is not as it should be.</summary>
public sealed class ServerTests : IDisposable
{
    private const string Organization =
        "{\"slug\":\"acme\",\"name\":\"A\\u001b[2Jcme\",\"email\":\"a@a.example\",\"status\":\"active\",\"api_keys\":0,\"created_at\":\"2026-03-10T12:00:00.000Z\",\"updated_at\":\"2026-03-10T12:00:00.000Z\"}";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_redirect_is_not_followed() =>
        (await Ask("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n")).Is(69, "", """
            tumbler: <server> sends us on to https://elsewhere.example/.
            Use that address if you trust it; the credential is not sent there by itself.
            """);

    [Fact]
    public async Task When_it_breaks_off_nobody_knows_what_was_done()
    {
        var said = await Ask("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{");

        Assert.Equal((69, ""), (said.Code, said.Output));
        Assert.Contains(" broke off: ", said.Errors, StringComparison.Ordinal);
        Assert.EndsWith("\nWhether it has done what it was asked for is not known.\n", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end() =>
        Assert.Equal(69, (await Ask("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{")).Code);

    [Fact]
    public async Task What_is_not_understood_can_still_be_printed_as_it_came()
    {
        var newer = Ok(Organization.Replace("active", "archived", StringComparison.Ordinal));

        var people = await Ask(newer);
        var program = await Ask(newer, "orgs show acme --json");

        Assert.Equal((70, ""), (people.Code, people.Output));
        Assert.EndsWith("\nIs the server newer than this program? --json prints what it says.\n", people.Errors, StringComparison.Ordinal);
        Assert.Equal("archived", program.Document().GetProperty("status").GetString());
    }

    [Fact]
    public async Task Silos_that_have_not_confirmed_a_change_are_named_beside_it()
    {
        var said = await Ask(Ok(Organization, "Tumbler-Unconfirmed: silo-2, silo-3\r\n"));

        Assert.Equal(0, said.Code);
        Assert.Equal("Done, but not every silo has confirmed it yet: silo-2, silo-3. They learn of it from the database.\n", said.Errors);
    }

    [Fact]
    public async Task A_name_can_not_steer_the_terminal() =>
        Assert.Contains("name        A\uFFFD[2Jcme\n", (await Ask(Ok(Organization))).Output, StringComparison.Ordinal);

    private static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    private async Task<Said> Ask(string answer, string words = "orgs show acme")
    {
        await using var server = new CannedServer(answer);
        return await Script.At(folder).With("TUMBLER_SERVER_URL", server.Url).With("TUMBLER_ADMIN_KEY", "some-admin-key").Run(words);
    }
}
