using System.Net;
using System.Text;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Secrets;
using Tumbler.Tests.Clock;
using Tumbler.Tests.Vault;

namespace Tumbler.Silo.Tests.Secrets;

/// <summary>Over real HTTP, with answers as Vault's documentation shows them.</summary>
public sealed class VaultTests : IDisposable
{
    private static readonly SecretAddress Address = new("secret", "tumbler", "admin_key");

    private readonly VaultStandIn server = new();
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Files files = new();
    private readonly List<Vault> vaults = [];

    public VaultTests() => server.Put("secret/tumbler", "admin_key", "correct horse");

    public void Dispose()
    {
        vaults.ForEach(vault => vault.Dispose());
        server.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task A_field_is_read_with_the_token_that_was_given()
    {
        var vault = WithToken(server.NewToken());

        Assert.Equal("correct horse", (await Read(vault)).Value!.Reveal());
        Assert.Equal(["GET auth/token/lookup-self", "GET secret/data/tumbler"], server.Requests);
        Assert.Equal(DateTimeOffset.MaxValue, vault.KeepAliveAt);
    }

    [Fact]
    public async Task A_pod_logs_in_with_its_service_account()
    {
        var vault = WithKubernetes();

        Assert.Equal("correct horse", (await Read(vault)).Value!.Reveal());
        Assert.Equal("correct horse", (await Read(vault)).Value!.Reveal());
        Assert.Equal(["POST auth/kubernetes/login", "GET secret/data/tumbler", "GET secret/data/tumbler"], server.Requests);
    }

    [Fact]
    public async Task The_namespace_goes_with_every_request()
    {
        server.Namespace = "team/a";

        Assert.NotNull((await Read(WithToken(server.NewToken(), ns: "team/a"))).Value);
        Assert.Null((await Read(WithToken(server.NewToken()))).Value);
    }

    [Fact]
    public async Task What_is_not_there_is_named_and_will_not_be_there_by_waiting()
    {
        var vault = WithToken(server.NewToken());
        server.Put("secret/gone", "admin_key", "x");
        server.Delete("secret/gone");
        server.Put("secret/odd", "admin_key", 7);
        server.Put("secret/empty", "admin_key", "");

        foreach (var (address, problem) in ((SecretAddress, string)[])[
            (Address with { Path = "missing" }, "Vault has nothing there (404), at secret/missing#admin_key"),
            (Address with { Path = "gone" }, "Vault has nothing there (404), at secret/gone#admin_key; its latest version is deleted"),
            (Address with { Field = "other" }, "the secret secret/tumbler has no field other"),
            (Address with { Path = "odd" }, "secret/odd#admin_key is empty, or is no text"),
            (Address with { Path = "empty" }, "secret/empty#admin_key is empty, or is no text")])
        {
            Assert.Equal(new SecretAnswer(null, problem, MayPass: false), await vault.Read(address, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(503, """{"errors":["Vault is sealed"]}""", true, "Vault is sealed, or is being maintained (503)")]
    [InlineData(500, """{"errors":["internal error"]}""", true, "Vault can't answer now (500): internal error")]
    [InlineData(502, "", true, "Vault can't answer now (502)")]
    [InlineData(429, """{"errors":[]}""", true, "Vault can't answer now (429)")]
    [InlineData(473, "", true, "Vault can't answer now (473)")]
    [InlineData(412, "", true, "Vault can't answer now (412)")]
    [InlineData(403, """{"errors":["permission denied"]}""", false, "Vault denies it (403): permission denied")]
    [InlineData(400, """{"errors":["missing client token"]}""", false, "Vault refuses it (400): missing client token")]
    [InlineData(307, "", false, "Vault answers with a redirection (307), which is not followed; give the address that answers")]
    [InlineData(404, "<html>", false, "Vault has nothing there (404)")]
    public void A_refusal_says_what_it_is_and_whether_waiting_helps(int status, string body, bool mayPass, string problem)
    {
        var reply = VaultClient.Reply((HttpStatusCode)status, VaultClient.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.Equal((problem, mayPass), (reply.Problem, reply.Failed.MayPass));
    }

    [Theory]
    [InlineData("{token}")]
    [InlineData("the token {token} is bad")]
    [InlineData("got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhYmNkZWZnaCJ9.c2lnbmF0dXJl\\nand more")]
    [InlineData("password=correcthorse")]
    public void What_answers_there_can_not_have_a_secret_said_by_us(string error)
    {
        var token = new SecretText("a token of no known form");
        var body = $$"""{"errors":["{{error.Replace("{token}", token.Reveal(), StringComparison.Ordinal)}}"]}""";

        var problem = VaultClient.Reply(HttpStatusCode.Forbidden, VaultClient.Parse(Encoding.UTF8.GetBytes(body)), token).Problem!;

        foreach (var secret in (string[])[token.Reveal(), "eyJhbGci", "correcthorse", "\n"])
            Assert.DoesNotContain(secret, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":{"data":{"admin_key":"new"}}}""", "new")]
    [InlineData("""{"data":{"admin_key":"a KV engine of version 1"}}""", null)]
    [InlineData("""{"data":{"data":null}}""", null)]
    [InlineData("""[]""", null)]
    [InlineData("""7""", null)]
    [InlineData("no JSON", null)]
    [InlineData("", null)]
    public async Task An_answer_of_another_form_is_no_secret(string body, string? value)
    {
        var vault = WithToken(server.NewToken());
        await Read(vault);
        server.Instead = (200, body);

        var answer = await Read(vault);

        Assert.Equal(value, answer.Value?.Reveal());
        Assert.Equal(value is null, answer.Problem is not null);
    }

    [Fact]
    public async Task One_that_is_not_there_may_be_there_later()
    {
        var vault = WithToken(server.NewToken());
        server.GoAway();

        var answer = await Read(vault);

        Assert.True(answer.MayPass);
        Assert.StartsWith("Vault does not answer", answer.Problem, StringComparison.Ordinal);
        server.ComeBack();
        Assert.NotNull((await Read(vault)).Value);
    }

    [Fact]
    public async Task A_token_is_renewed_when_half_of_its_lease_is_over_and_not_before()
    {
        var vault = WithKubernetes();
        await Read(vault);
        server.Requests.Clear();

        clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Null(await vault.KeepAlive(TestContext.Current.CancellationToken));
        Assert.Empty(server.Requests);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await vault.KeepAlive(TestContext.Current.CancellationToken));
        Assert.Equal(["POST auth/token/renew-self"], server.Requests);
        Assert.Equal(clock.Now + TimeSpan.FromMinutes(30), vault.KeepAliveAt);
    }

    [Fact]
    public async Task A_token_that_is_renewed_by_less_and_less_is_replaced()
    {
        var vault = WithKubernetes();
        await Read(vault);
        var first = server.TokensSeen.Last();
        server.LeaseSeconds = 100;

        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await vault.KeepAlive(TestContext.Current.CancellationToken));
        await Read(vault);

        Assert.Equal("POST auth/kubernetes/login", server.Requests.ElementAt(^2));
        Assert.NotEqual(first, server.TokensSeen.Last());
    }

    [Fact]
    public async Task One_that_can_not_be_renewed_is_replaced_by_a_login()
    {
        server.Renewable = false;
        var vault = WithKubernetes();
        await Read(vault);

        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await vault.KeepAlive(TestContext.Current.CancellationToken));

        Assert.Equal(2, server.Requests.Count(request => request == "POST auth/kubernetes/login"));
        Assert.DoesNotContain("POST auth/token/renew-self", server.Requests);
    }

    [Fact]
    public async Task A_revoked_token_is_replaced_when_it_is_noticed()
    {
        var vault = WithKubernetes();
        await Read(vault);
        server.RevokeAll();

        Assert.Equal("correct horse", (await Read(vault)).Value!.Reveal());
        Assert.Equal(2, server.Requests.Count(request => request == "POST auth/kubernetes/login"));
    }

    [Fact]
    public async Task The_tokens_file_is_read_again_when_the_token_is_not_good_any_more()
    {
        var file = files.Write("token", server.NewToken());
        var vault = New(() => new SecretText(File.ReadAllText(file)), null);
        await Read(vault);
        server.RevokeAll();

        Assert.StartsWith("Vault denies it (403)", (await Read(vault)).Problem, StringComparison.Ordinal);
        files.Write("token", server.NewToken());
        Assert.NotNull((await Read(vault)).Value);
    }

    [Fact]
    public async Task While_Vault_is_away_renewal_is_tried_again_with_pauses()
    {
        var vault = WithKubernetes();
        await Read(vault);
        clock.Advance(TimeSpan.FromMinutes(30));
        server.Sealed = true;

        Assert.Equal(
            "the token can't be renewed: Vault is sealed, or is being maintained (503). It is good until 2026-03-01T13:00:00Z",
            await vault.KeepAlive(TestContext.Current.CancellationToken));
        Assert.Equal(clock.Now + TimeSpan.FromSeconds(10), vault.KeepAliveAt);
        server.Sealed = false;
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await vault.KeepAlive(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_login_that_is_refused_says_by_which_role_and_nothing_of_the_account()
    {
        var answer = await Read(New(() => null, new KubernetesLogin(VaultStandIn.Role, "kubernetes", files.Write("jwt", "eyJub25zZW5zZQ.eyJ.x"))));

        Assert.Equal("Vault denies it (403): permission denied, at the login with role tumbler", answer.Problem);
        Assert.False(answer.MayPass);
        var missing = await Read(New(() => null, new KubernetesLogin(VaultStandIn.Role, "kubernetes", "/nowhere/token")));
        Assert.Equal("Vault:Kubernetes:TokenPath: the file /nowhere/token can't be read: it does not exist", missing.Problem);
    }

    private static Task<SecretAnswer> Read(Vault vault) => vault.Read(Address, TestContext.Current.CancellationToken);

    private Vault WithToken(string token, string? ns = null) => New(() => new SecretText(token), null, ns);

    private Vault WithKubernetes() => New(() => null, new KubernetesLogin(VaultStandIn.Role, "kubernetes", files.Write("jwt", server.Jwt + "\n")));

    private Vault New(Func<SecretText?> token, KubernetesLogin? kubernetes, string? ns = null)
    {
        var options = new VaultOptions(new Uri(server.Address), ns, token, kubernetes, null, TimeSpan.FromMinutes(5));
        var vault = new Vault(options, new VaultClient(options.Address, ns, null), clock);
        vaults.Add(vault);
        return vault;
    }

    private sealed class Files : IDisposable
    {
        private readonly string directory = Directory.CreateTempSubdirectory("tumbler-vault-").FullName;

        public string Write(string name, string content)
        {
            var path = Path.Combine(directory, name);
            File.WriteAllText(path, content);
            return path;
        }

        public void Dispose() => Directory.Delete(directory, recursive: true);
    }
}
