using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tumbler.Silo.Commands;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Tests.Configuration;
using Tumbler.Tests.Certificates;
using CommandLine = Tumbler.Silo.Commands.Commands;

namespace Tumbler.Silo.Tests.Commands;

public sealed class HealthCommandTests : IDisposable
{
    private readonly SettingsDirectory directory = new();

    [Fact]
    public async Task A_silo_that_is_not_ready_is_alive_all_the_same()
    {
        await using var silo = await Start("http", live: 200, ready: 503);

        Assert.Equal((0, "", ""), await Health("--urls", Address("http", "127.0.0.1", silo)));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    [InlineData("*")]
    [InlineData("+")]
    public async Task One_that_listens_everywhere_is_asked_by_the_loopback_address(string host)
    {
        await using var silo = await Start("http", live: 200, ready: 200);

        Assert.Equal((0, "", ""), await Health("--urls", Address("http", host, silo)));
    }

    [Fact]
    public async Task Its_certificate_is_of_another_name_and_does_not_matter()
    {
        await using var silo = await Start("https", live: 200, ready: 200);
        using var certificate = TestCertificates.Issue(forClients: false);
        var file = directory.Write("tls.pem", $"{certificate.ExportCertificatePem()}\n{certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");

        Assert.Equal((0, "", ""), await Health("--urls", Address("https", "0.0.0.0", silo), "--Listen:Certificate:Path", file));
    }

    [Fact]
    public async Task One_that_says_it_is_not_alive_is_not()
    {
        await using var silo = await Start("http", live: 503, ready: 200);
        var address = Address("http", "127.0.0.1", silo);

        Assert.Equal((1, "", $"{address}/health/live answered 503.\n"), await Health("--urls", address));
    }

    [Fact]
    public async Task Nor_is_one_that_is_not_there()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";
        taken.Stop();

        var (code, output, errors) = await Health("--urls", address);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"{address}/health/live did not answer: Connection refused", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_no_answer_about_a_silo()
    {
        var (code, output, errors) = await Health("--urls", "127.0.0.1");

        Assert.Equal((Complaints.ConfigurationError, ""), (code, output));
        Assert.Contains("  urls: 127.0.0.1 must be of the form http://host:port\n", errors, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();

    private async Task<(int Code, string Output, string Errors)> Health(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.Run(new CommandCall(["health", .. arguments], directory.Path, directory.Environment, output, errors));
        return (code, output.ToString(), errors.ToString());
    }

    private static string Address(string scheme, string host, WebApplication silo) => $"{scheme}://{host}:{new Uri(silo.Urls.Single()).Port}";

    /// <summary>What answers as a silo does, where a test needs it.</summary>
    private static async Task<WebApplication> Start(string scheme, int live, int ready)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (scheme == "https")
                listen.UseHttps(TestCertificates.Issue(forClients: false));
        }));
        var silo = builder.Build();
        silo.MapGet("/health/live", () => Results.StatusCode(live));
        silo.MapGet("/health/ready", () => Results.StatusCode(ready));
        await silo.StartAsync(TestContext.Current.CancellationToken);
        return silo;
    }
}
