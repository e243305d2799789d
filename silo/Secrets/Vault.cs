using System.Text.Json;
using Tumbler.Engine;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Secrets;

/// <summary>Secrets in HashiCorp Vault: logs in when it must, renews its token while it can, and logs in again when it can't or when
/// the token was revoked.</summary>
internal sealed class Vault(VaultOptions options, VaultClient client, TimeProvider clock) : ISecretManager
{
    /// <summary>Between attempts to renew.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private VaultLease? lease;
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;

    public DateTimeOffset KeepAliveAt => lease is null ? DateTimeOffset.MaxValue : lease.RenewAt > notBefore ? lease.RenewAt : notBefore;

    public async Task<SecretAnswer> Read(SecretAddress address, CancellationToken stop)
    {
        var fresh = lease is null;
        if (fresh && await Login(stop) is { Succeeded: false } failed)
            return failed.Failed;

        var reply = await client.Read(address, lease!.Token, stop);
        if (reply.Fault == VaultFault.Denied && !fresh && (await Login(stop)).Succeeded)
            reply = await client.Read(address, lease.Token, stop);
        return reply.Succeeded ? Field(address, reply.Body) : reply.Failed with { Problem = $"{reply.Problem}, at {address}{Deleted(reply.Body)}" };
    }

    public async Task<string?> KeepAlive(CancellationToken stop)
    {
        if (lease is null || clock.GetUtcNow() < KeepAliveAt)
            return null;
        var reply = lease.Renewable ? await client.Renew(lease.Token, stop) : await Login(stop);
        if (reply.Fault == VaultFault.None && lease.Renewable && VaultLease.TryOfAuth(reply.Body, clock.GetUtcNow(), out var renewed))
        {
            // Near the end of what a token may live for, Vault gives less and less.
            var dwindles = renewed.Duration < lease.Duration / 2;
            lease = renewed with { Token = lease.Token };
            if (dwindles)
                reply = await Login(stop);
        }
        else if (reply.Fault is VaultFault.Denied or VaultFault.Refused)
        {
            reply = await Login(stop);
        }

        notBefore = clock.GetUtcNow() + Pause;
        return reply.Succeeded ? null : $"the token can't be renewed: {reply.Problem}. It is good until {lease.Ends:yyyy-MM-dd'T'HH:mm:ss'Z'}";
    }

    public void Dispose() => client.Dispose();

    /// <summary>With the token's file as it is now: somebody may have put another one there.</summary>
    private async Task<VaultReply> Login(CancellationToken stop)
    {
        if (options.Kubernetes is { } kubernetes)
        {
            if (SecretFile.TryRead(kubernetes.TokenPath, out var jwt) is { } problem)
                return new(VaultFault.Refused, $"{VaultOptions.TokenPathSetting}: {problem}", default);
            var login = await client.Login(kubernetes.Mount, kubernetes.Role, new SecretText(jwt!.Trim()), stop);
            if (!login.Succeeded)
                return login with { Problem = $"{login.Problem}, at the login with role {kubernetes.Role}" };
            return VaultLease.TryOfAuth(login.Body, clock.GetUtcNow(), out lease) ? login : Nonsense();
        }

        if (options.Token() is not { } token)
            return new(VaultFault.Refused, $"{VaultOptions.TokenSetting}_FILE can't be read any more", default);
        var known = await client.LookUp(token, stop);
        if (!known.Succeeded)
            return known with { Problem = $"{known.Problem}, when asked about its token" };
        return VaultLease.TryOfLookUp(token, known.Body, clock.GetUtcNow(), out lease) ? known : Nonsense();
    }

    private static VaultReply Nonsense() => new(VaultFault.Refused, "what answers there does not speak as Vault does", default);

    private static SecretAnswer Field(SecretAddress address, JsonElement body)
    {
        if (!VaultLease.Has(body, "data", JsonValueKind.Object, out var envelope) || !VaultLease.Has(envelope, "data", JsonValueKind.Object, out var fields))
            return new(null, $"what is at {address} is no secret of a KV engine of version 2");
        if (!fields.TryGetProperty(address.Field, out var field))
            return new(null, $"the secret {address.Mount}/{address.Path} has no field {address.Field}");
        return field.ValueKind == JsonValueKind.String && field.GetString() is { Length: > 0 } value
            ? new(new SecretText(value), null)
            : new(null, $"{address} is empty, or is no text");
    }

    /// <summary>KV keeps a deleted secret's metadata, with the same 404.</summary>
    private static string Deleted(JsonElement body) =>
        VaultLease.Has(body, "data", JsonValueKind.Object, out var data) && VaultLease.Has(data, "metadata", JsonValueKind.Object, out _)
            ? "; its latest version is deleted"
            : "";
}
