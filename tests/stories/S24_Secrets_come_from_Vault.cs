using System.Net;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Vault;

namespace Tumbler.Stories.Tests;

/// <summary>A real silo over a server that speaks Vault's API: it starts with what is there, follows what changes there, and outlives
/// whatever becomes of it.</summary>
public sealed class S24_Secrets_come_from_Vault(StoryRun run) : IDisposable
{
    private const int TemporaryFailure = 75;
    private const int ConfigurationError = 78;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly VaultStandIn vault = new() { LeaseSeconds = 6 };

    public void Dispose() => vault.Dispose();

    [Fact]
    public async Task Start_renewal_rotation_absence_sealing_and_a_revoked_token()
    {
        using var home = new SiloHome(run, "vault");
        var (first, second, third, fourth) = (Draw(), Draw(), Draw(), Draw());
        vault.Put("secret/tumbler", "admin", first);
        vault.Put("secret/tumbler", "previous", Draw());
        await using var silo = await home.Start(Settings(home));

        Assert.True(await Accepts(silo, first));
        var settings = (await As(silo, first).Settings()).Settings;
        Assert.Contains(new ShownSetting("Admin:Key", $"****{first[^4..]}", "vault secret/tumbler#admin", true), settings);
        Assert.DoesNotContain(settings, setting => setting.Value?.Contains(first[..16], StringComparison.Ordinal) ?? false);

        // An overlap: the new key at once, the old one as long as it stands there.
        vault.Put("secret/tumbler", "admin", second);
        vault.Put("secret/tumbler", "previous", first);
        await Signal.Send("HUP", silo.Id);
        await Until.True("the new key is accepted", Patience, () => Accepts(silo, second));
        Assert.True(await Accepts(silo, first));
        vault.Put("secret/tumbler", "previous", Draw());
        await Until.True("the old key is refused, without any signal", Patience, async () => !await Accepts(silo, first));
        var entries = await As(silo, second).AuditLog("?resource_type=CONFIG");
        Assert.Equal(["Admin:PreviousKey", "Admin:Key Admin:PreviousKey"], entries.Select(entry => entry.Details["settings"]));
        Assert.All(entries, entry => Assert.Equal(("system", "UPDATE", "reload"), (entry.Actor.Type, entry.Action, entry.RequestId)));

        await Until.True("the token is renewed", Patience, () => Task.FromResult(vault.Requests.Contains("POST auth/token/renew-self")));

        await Outlives(silo, second, third, () => vault.Sealed = true, () => vault.Sealed = false, "Vault is sealed");
        await Outlives(silo, third, fourth, vault.GoAway, vault.ComeBack, "Vault does not answer");

        var logins = vault.Requests.Count(request => request == "POST auth/kubernetes/login");
        vault.RevokeAll();
        vault.Put("secret/tumbler", "admin", first);
        await Signal.Send("HUP", silo.Id);
        await Until.True("it logs in again and reads", Patience, () => Accepts(silo, first));
        Assert.True(vault.Requests.Count(request => request == "POST auth/kubernetes/login") > logins);

        Assert.True((await As(silo, first).VerifyAudit()).Valid);
        Assert.Equal(0, await silo.Stop());
    }

    [Fact]
    public async Task A_start_without_it_may_be_tried_again_and_one_with_a_wrong_place_may_not()
    {
        using var home = new SiloHome(run, "no-vault");
        vault.Put("secret/tumbler", "admin", Draw());
        vault.Put("secret/tumbler", "previous", Draw());

        var wrong = await SiloProcess.RunToEnd(home, [.. Settings(home), "--Audit:Key_VAULT=secret/elsewhere#key"]);
        Assert.Equal((ConfigurationError, "Audit:Key_VAULT: Vault has nothing there (404), at secret/elsewhere#key"), Said(wrong));
        vault.Sealed = true;
        var whileSealed = await SiloProcess.RunToEnd(home, Settings(home));
        Assert.Equal((TemporaryFailure, "Admin:Key_VAULT: Vault is sealed, or is being maintained (503), at the login with role tumbler"), Said(whileSealed));
        vault.GoAway();
        var away = await SiloProcess.RunToEnd(home, Settings(home));
        Assert.Equal((TemporaryFailure, "Admin:Key_VAULT: Vault does not answer (ConnectionError), at the login with role tumbler"), Said(away));
        Assert.False(Directory.Exists(home.Data));
    }

    private static (int, string) Said(Ended ended) => (ended.Code, ended.Errors.Split('\n')[1].Trim());

    /// <summary>It serves on with the key it has, says so once, and takes the next one when it can.</summary>
    private async Task Outlives(SiloProcess silo, string key, string next, Action away, Action back, string said)
    {
        away();
        await Signal.Send("HUP", silo.Id);
        await Until.True("it is in the log", Patience, () => Task.FromResult(silo.Log.Contains(said, StringComparison.Ordinal)));
        await Signal.Send("HUP", silo.Id);
        Assert.True(await Accepts(silo, key));
        back();
        vault.Put("secret/tumbler", "admin", next);
        await Signal.Send("HUP", silo.Id);
        await Until.True("it has the next key", Patience, () => Accepts(silo, next));
        Assert.Equal(1, silo.Log.Split(said).Length - 1);
    }

    private string[] Settings(SiloHome home)
    {
        var account = Path.Combine(home.Directory, "service-account");
        File.WriteAllText(account, vault.Jwt);
        return
        [
            $"--Vault:Address={vault.Address}", $"--Vault:Kubernetes:Role={VaultStandIn.Role}", $"--Vault:Kubernetes:TokenPath={account}",
            "--Vault:RefreshEvery=10s", "--Admin:Key_VAULT=secret/tumbler#admin", "--Admin:PreviousKey_VAULT=secret/tumbler#previous",
            "--Rings:default:Algorithm=ES256",
        ];
    }

    private AdminClient As(SiloProcess silo, string key) => new(silo.Http, key, run.Secrets);

    private async Task<bool> Accepts(SiloProcess silo, string key)
    {
        try
        {
            await As(silo, key).Status();
            return true;
        }
        catch (RefusedException refused) when (refused.Status == HttpStatusCode.Unauthorized)
        {
            return false;
        }
    }

    private string Draw()
    {
        var secret = VaultStandIn.Draw();
        run.Secrets.Add(secret);
        return secret;
    }
}
