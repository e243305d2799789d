using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Protection;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests;

/// <summary>The runbook of docs/protection.md, step by step.</summary>
public sealed class S4_Certificates_are_replaced_under_load(StoryRun run)
{
    private const string Audience = "https://invoices.example";

    /// <summary>One of them serves while the others restart; a single one is waited for by the gateway.</summary>
    private const int Processes = 2;

    private const int Clients = 2;

    [Fact]
    public async Task Old_and_new_then_new_and_old_then_rewrapped_then_new_alone_and_not_one_request_failed()
    {
        using var cluster = new PostgresCluster();
        cluster.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        run.Secrets.Add(PostgresCluster.Password);
        var homes = Enumerable.Range(1, Processes).Select(n => new SiloHome(run, $"kek-{n}")).ToArray();
        var silos = new SiloProcess[Processes];
        var (old, fresh) = (new Kek(run, homes[0].Directory, "old"), new Kek(run, homes[0].Directory, "new"));
        using var gateway = new Gateway(run.Secrets, [.. homes.Select(home => home.Url)]);
        try
        {
            for (var n = 0; n < Processes; n++)
            {
                if (n > 0)
                    CopySecrets(homes[0], homes[n]);
                silos[n] = await homes[n].Start(Settings(homes, cluster, old));
            }

            var admin = silos[0].Admin;
            await admin.CreateOrganization("acme");
            var client = await admin.CreateApiKey("acme", Audience);
            var before = await gateway.Token(client);

            using var enough = new CancellationTokenSource();
            var load = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => Load(gateway, client, homes[0].Issuer, enough.Token))).ToArray();

            await Restart(old, fresh);
            await Restart(fresh, old);
            await silos[0].Admin.Trigger("immediate");
            var rewrapped = await silos[0].Admin.Rewrap();
            Assert.True(rewrapped is { Rings: 1, Rewrapped: > 0, FailedTotal: 0 }, rewrapped.ToString());
            Assert.Equal([rewrapped.Rewrapped + rewrapped.AlreadyCurrent, 0], (await silos[0].Admin.Protection()).Certificates.Select(each => each.NeededBy));
            await Restart(fresh);

            await enough.CancelAsync();
            var verified = await Task.WhenAll(load);
            Assert.All(verified, count => Assert.True(count > 0));
            await AssertEverythingWorks(client, before);
            run.Measured($"Certificates replaced with {Processes} process(es): {verified.Sum()} tokens issued and verified meanwhile, none failed, the longest took {gateway.Longest.TotalSeconds:F2} s");
        }
        finally
        {
            foreach (var silo in silos.OfType<SiloProcess>())
                await silo.DisposeAsync();
            Array.ForEach(homes, home => home.Dispose());
        }

        async Task Restart(params Kek[] keks)
        {
            for (var n = 0; n < Processes; n++)
            {
                Assert.Equal(0, await silos[n].Stop());
                await silos[n].DisposeAsync();
                silos[n] = await homes[n].Start(Settings(homes, cluster, keks));
            }
        }

        async Task AssertEverythingWorks(NewApiKey client, Token before)
        {
            foreach (var silo in silos)
            {
                await using var jose = new Jose(run);
                var jwks = await silo.Http.GetText("/.well-known/jwks.json");
                foreach (var token in (Token[])[before, await silo.Tokens.ByBasic(client)])
                    Assert.Equal(new Verdict(true, null), await jose.Local(jwks, token.Text, homes[0].Issuer, Audience, token.IssuedAt));
                var status = await silo.Admin.Protection();
                Assert.Equal((1, 0L, 0L), (status.Certificates.Count, status.OutdatedKeys, status.UnreadableKeys));
                Assert.DoesNotContain("can't be used", silo.Log, StringComparison.Ordinal);
            }

            Assert.True((await silos[0].Admin.VerifyAudit()).Valid);
            var signer = (await silos[0].Admin.Status()).SigningKid;
            await silos[0].Admin.Trigger("immediate");
            Assert.NotEqual(signer, (await gateway.Token(client)).Kid);
        }
    }

    /// <summary>Gets tokens and has each verified by jose with the keys of this moment, until told to stop.</summary>
    private async Task<int> Load(Gateway gateway, NewApiKey client, string issuer, CancellationToken enough)
    {
        await using var jose = new Jose(run);
        for (var count = 0; ; count++)
        {
            if (enough.IsCancellationRequested)
                return count;
            var token = await gateway.Token(client);
            Assert.Equal(new Verdict(true, null), await jose.Local(await gateway.Jwks(), token.Text, issuer, Audience, token.IssuedAt));
        }
    }

    /// <summary>What development makes for itself and processes of one installation share.</summary>
    private static void CopySecrets(SiloHome from, SiloHome to)
    {
        Directory.CreateDirectory(to.Data);
        foreach (var file in Directory.GetFiles(from.Data, "*.key"))
            File.Copy(file, Path.Combine(to.Data, Path.GetFileName(file)));
    }

    private static string[] Settings(SiloHome[] homes, PostgresCluster cluster, params Kek[] keks)
    {
        var file = Path.Combine(homes[0].Directory, "connection");
        File.WriteAllText(file, cluster.ConnectionString(PostgresCluster.Owner, "tumbler"));
        return
        [
            "--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString_FILE", file, "--Tokens:Issuer", homes[0].Issuer, .. Kek.Settings(keks),
        ];
    }
}
