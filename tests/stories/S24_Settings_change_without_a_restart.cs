using System.Net.Http.Json;
using System.Text.Json;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Protection;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Vault;

namespace Tumbler.Stories.Tests;

/// <summary>One process, from its start to its end, while its <c>appsettings.json</c> changes under it.</summary>
public sealed class S24_Settings_change_without_a_restart(StoryRun run)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Certificates_old_then_both_then_new_alone()
    {
        using var home = new SiloHome(run, "certificates-reloaded");
        var (old, fresh) = (new Kek(run, home.Directory, "old"), new Kek(run, home.Directory, "new"));
        Write(home, Certificates(old));
        await using var silo = await home.Start("--Rings:default:Algorithm", "ES256");
        await silo.Admin.CreateOrganization("acme");
        var client = await silo.Admin.CreateApiKey("acme");

        Write(home, Certificates(fresh, old));
        await Signal.Send("HUP", silo.Id);
        await Uses(silo, "new", 2);
        await silo.Admin.Trigger("immediate");
        var rewrapped = await silo.Admin.Rewrap();
        Assert.True(rewrapped is { Rewrapped: > 0, FailedTotal: 0 }, rewrapped.ToString());

        // A broken file leaves what is there.
        Write(home, new() { ["Protection:Certificates:0:Path"] = "nowhere.pem" });
        await Signal.Send("HUP", silo.Id);
        await Until.True("it is in the log", Patience, () => Task.FromResult(silo.Log.Contains("goes on with the settings it has", StringComparison.Ordinal)));
        Assert.Equal(2, (await silo.Admin.Protection()).Certificates.Count);

        Write(home, Certificates(fresh));
        await Uses(silo, "new", 1);
        await silo.Admin.Trigger("immediate");
        Assert.NotEmpty((await silo.Tokens.ByBasic(client)).Text);
        Assert.Equal((0L, 0L), await Outdated(silo));
        Assert.Equal(2, (await silo.Admin.AuditLog("?resource_type=CONFIG")).Count(entry => entry.RequestId == "reload"));
        Assert.True((await silo.Admin.VerifyAudit()).Valid);
    }

    [Fact]
    public async Task A_service_leaves_its_shared_key_while_the_others_stay()
    {
        const string invoices = "https://invoices.example";
        using var home = new SiloHome(run, "migration");
        var key = VaultStandIn.Draw();
        run.Secrets.Add(key);
        Write(home, Phases("dual"));
        await using var silo = await home.Start("--Rings:default:Algorithm", "ES256");

        Assert.Equal((true, null), await Verify(silo, key, invoices));
        foreach (var (phase, valid, deprecation) in ((string, bool, string?)[])[("jwt-preferred", true, "@1767225600"), ("jwt-only", false, null)])
        {
            Write(home, Phases("dual", phase));
            await Signal.Send("HUP", silo.Id);
            await Until.True($"the service is at {phase}", Patience, async () => await Verify(silo, key, invoices) == (valid, deprecation));
            Assert.Equal((true, null), await Verify(silo, key, "https://orders.example"));
        }

        var uses = (await silo.Admin.Migration()).Uses;
        Assert.Equal([("billing", null), ("billing", invoices)], uses.Select(use => (use.Client, use.Service)).Order());
        Assert.True(uses.Single(use => use.Service == invoices) is { Accepted: > 0, Refused: > 0, Addresses: 1 });
        await Until.True("the refusal is in the audit log", Patience, async () =>
            (await silo.Admin.AuditLog("?status=FAILURE")).Any(entry => entry.Details["reason"] == "shared_key_refused"));
        Assert.Contains("Client billing still uses its shared key", silo.Log, StringComparison.Ordinal);

        Dictionary<string, string> Phases(string phase, string? ofInvoices = null)
        {
            var settings = new Dictionary<string, string>
            {
                ["Migration:Phase"] = phase, ["Migration:SharedKeys:billing"] = key, ["Migration:DeprecatedSince"] = "2026-01-01",
            };
            if (ofInvoices is not null)
                settings[$"Migration:Services:{invoices}:Phase"] = ofInvoices;
            return settings;
        }
    }

    private static async Task<(bool Valid, string? Deprecation)> Verify(SiloProcess silo, string key, string audience)
    {
        using var answer = await silo.Http.PostAsJsonAsync(
            new Uri("/api/v1/api-keys/verify", UriKind.Relative), new { key, audience }, TestContext.Current.CancellationToken);
        var verdict = await answer.Content.ReadFromJsonAsync<KeyVerdict>(Wire.Json, TestContext.Current.CancellationToken);
        return (verdict!.Valid, answer.Headers.TryGetValues("Deprecation", out var values) ? values.Single() : null);
    }

    private static Task Uses(SiloProcess silo, string current, int certificates) => Until.True(
        $"the silo protects keys for {current}", Patience,
        async () => (await silo.Admin.Protection()).Certificates is { } all && all.Count == certificates && all[0].Subject == $"CN={current}");

    private static async Task<(long, long)> Outdated(SiloProcess silo)
    {
        var status = await silo.Admin.Protection();
        return (status.OutdatedKeys, status.UnreadableKeys);
    }

    private static Dictionary<string, string> Certificates(params Kek[] keks) => new(keks.SelectMany((kek, n) => (KeyValuePair<string, string>[])
    [
        new(FormattableString.Invariant($"Protection:Certificates:{n}:Path"), kek.File),
        new(FormattableString.Invariant($"Protection:Certificates:{n}:PasswordFile"), kek.PasswordFile),
    ]));

    /// <summary>Whole or not at all, as a mounted configuration is replaced.</summary>
    private static void Write(SiloHome home, Dictionary<string, string> settings)
    {
        var draft = Path.Combine(home.Directory, "appsettings.draft");
        File.WriteAllText(draft, JsonSerializer.Serialize(settings));
        File.Move(draft, Path.Combine(home.Directory, "appsettings.json"), overwrite: true);
    }
}
