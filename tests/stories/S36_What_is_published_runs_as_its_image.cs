using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Deploy;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests;

/// <summary>What <c>deploy/image</c> builds, started as it says, with the settings of <c>deploy/compose</c> for a silo without others.</summary>
public sealed class S36_What_is_published_runs_as_its_image(StoryRun run)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task As_nobody_on_files_that_it_cant_change()
    {
        StoryRun.LongFormOnly();
        Assert.SkipUnless(await MayMount(), "this machine allows no mounts of one's own");
        using var postgres = new PostgresCluster();
        postgres.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        using var image = await Image.Publish(run);
        await Prepare(image, postgres);

        using (var migrate = image.Start("migrate", ["TUMBLER__Storage__Kind=postgres", "TUMBLER__Storage__Postgres__ConnectionString_FILE=/run/secrets/owner"], "migrate"))
            Assert.True(await migrate.End(Patience) == 0, migrate.Output + migrate.Errors);

        var port = SiloHome.FreePort();
        var urls = $"TUMBLER__Urls=https://0.0.0.0:{port.ToString(CultureInfo.InvariantCulture)}";
        Assert.Equal(1, (await image.Health(urls)).Code);
        using var silo = image.Start("silo", [urls, "TUMBLER__Audit__NodeName=silo-1"]);
        try
        {
            using var http = Http(image, port);
            await Until.True("it is ready", Patience, async () => !silo.HasExited && await IsReady(http));
            Assert.Equal(new Ended(0, "", ""), await image.Health(urls));

            var admin = new AdminClient(http, (await File.ReadAllTextAsync(Path.Combine(image.Secrets, "admin"), TestContext.Current.CancellationToken)).Trim(), run.Secrets);
            await admin.CreateOrganization("acme");
            var client = await admin.CreateApiKey("acme", "https://invoices.example");
            await new TokenClient(http, run.Secrets).ByBasic(client);
            var export = await admin.ExportAudit();
            await Until.True("the export is made", Patience, async () => (await admin.Export(export.Id)).Status == "completed");
            Assert.NotEmpty(image.Exports);

            // Not ready, and alive: it is not to be ended for what the database has.
            postgres.Crash();
            await Until.True("it notices", Patience, async () => !await Says(http, "\"status\":\"ready\""));
            Assert.Equal(0, (await image.Health(urls)).Code);
            postgres.Start();

            await Signal.Send("STOP", silo.Id);
            Assert.Equal(1, (await image.Health(urls)).Code);
            await Signal.Send("CONT", silo.Id);
            await Until.True("it is ready again", Patience, () => IsReady(http));

            await Signal.Send("TERM", silo.Id);
            Assert.Equal(0, await silo.End(Patience));
            Assert.DoesNotContain("libgssapi", silo.Output + silo.Errors, StringComparison.Ordinal);
        }
        finally
        {
            silo.Kill();
        }
    }

    private async Task Prepare(Image image, PostgresCluster postgres)
    {
        foreach (var (file, user) in ((string, string)[])[("owner", PostgresCluster.Owner), ("service", PostgresCluster.Runtime)])
            await File.WriteAllTextAsync(Path.Combine(image.Secrets, file), postgres.ConnectionString(user, "tumbler"), TestContext.Current.CancellationToken);
        foreach (var file in (string[])["admin", "api-keys", "audit", "metrics", "kek-password", "log-password"])
            run.Secrets.Add((await File.ReadAllTextAsync(Path.Combine(image.Secrets, file), TestContext.Current.CancellationToken)).Trim());
        run.Secrets.Add(PostgresCluster.Password);

        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(run.Root, "deploy", "compose", "appsettings.json"), TestContext.Current.CancellationToken))!.AsObject();
        settings["Engine"]!["Kind"] = "single";
        settings.Remove("Cluster");
        await File.WriteAllTextAsync(image.Settings, settings.ToJsonString(), TestContext.Current.CancellationToken);
    }

    /// <summary>Asks by the name in its certificate, and believes the authority of that alone.</summary>
    private static HttpClient Http(Image image, int port)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(Path.Combine(image.Secrets, "tls-ca.crt"));
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.CertificateChainPolicy = trust;
        return new HttpClient(handler) { BaseAddress = new UriBuilder("https", "silo", port).Uri, Timeout = Patience };
    }

    private static Task<bool> IsReady(HttpClient http) => Says(http, "\"status\":\"ready\"");

    private static async Task<bool> Says(HttpClient http, string words)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains(words, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> MayMount()
    {
        using var process = LoggedProcess.Start(new ProcessStartInfo("unshare", ["--mount", "mount", "--make-rprivate", "/"]), run.NewLog("may-mount"));
        return await process.End(Patience) == 0;
    }
}
