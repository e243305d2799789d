using System.Diagnostics;
using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>What stands before a server is seen from outside only. Certificates of a test's authority are unknown to the machine: where
/// the rest matters, <c>certificate-untrusted</c> comes along.</summary>
public sealed class GatewayTests(Gateways gateways) : IClassFixture<Gateways>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A process of its own: which authorities are known is read once.</summary>
    [Fact]
    public async Task Behind_a_gateway_that_is_right_all_is_well()
    {
        var said = await AsProcess("doctor");

        Assert.Equal((0, ""), (said.Code, said.Errors));
        Assert.Contains("All is well.", said.Output, StringComparison.Ordinal);
        Assert.Matches("connection +ok +CN=gateway, until ", said.Output);
        Assert.Matches("credential +ok +an owner's", said.Output);
    }

    [Fact]
    public async Task A_week_in_caches_is_too_long() => Assert.Equal(
        ["failure issuer-differs", "failure jwks-cached-too-long"], Sorted(await gateways.Server.Findings(folder, gateways.Keeping)));

    [Fact]
    public async Task A_certificate_that_has_expired_gets_no_credential() => Assert.Equal(
        ["failure certificate-expired", "failure certificate-untrusted", "failure credential-not-tried", "failure issuer-differs"],
        Sorted(await gateways.Server.Findings(folder, gateways.Expired)));

    [Fact]
    public async Task A_certificate_of_another_name_is_found() => Assert.Equal(
        ["failure certificate-of-another-name", "failure certificate-untrusted", "failure credential-not-tried", "failure issuer-differs"],
        Sorted(await gateways.Server.Findings(folder, gateways.ByAnotherName)));

    [Fact]
    public async Task A_gateway_that_does_not_tell_of_TLS_is_found_by_the_missing_header() => Assert.Equal(
        ["failure certificate-untrusted", "failure credential-not-tried", "failure issuer-differs", "warning hsts-missing"],
        Sorted(await gateways.Server.Findings(folder, gateways.Silent)));

    [Fact]
    public async Task A_gateway_that_hides_the_public_documents_is_found() => Assert.Equal(
        ["failure discovery-broken", "failure jwks-broken", "failure not-ready"], Sorted(await gateways.Server.Findings(folder, gateways.Closed)));

    /// <summary>Its first answer is kept from before the switch.</summary>
    [Fact]
    public async Task A_gateway_that_keeps_an_old_key_set_is_found()
    {
        Assert.Empty(await gateways.Cached.Findings(folder, gateways.Stale));

        await Admin.Post(gateways.Cached.Url, gateways.Cached.AdminKey, "/api/v1/admin/rings/default/revoke", new { reason = "to see it" });

        Assert.Equal(["failure jwks-stale", "warning key-unannounced"], await gateways.Cached.Findings(folder, gateways.Stale));
    }

    private static string[] Sorted(string[] findings) => [.. findings.Order(StringComparer.Ordinal)];

    private async Task<Said> AsProcess(string words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "tumbler.dll"), .. words.Split(' ')])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path,
        };
        start.Environment["SSL_CERT_FILE"] = gateways.Authority;
        start.Environment["HOME"] = folder.Path;
        start.Environment["TUMBLER_SERVER_URL"] = gateways.Right;
        start.Environment["TUMBLER_ADMIN_KEY_FILE"] = gateways.Server.AdminKeyFile;
        using var process = Process.Start(start)!;
        var stop = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return new Said(process.ExitCode, await output, await errors);
    }
}
