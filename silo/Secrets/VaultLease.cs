using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Secrets;

/// <summary>A token, and for how long it is good.</summary>
/// <param name="Duration">Zero: without end.</param>
internal sealed record VaultLease(SecretText Token, DateTimeOffset Since, TimeSpan Duration, bool Renewable)
{
    /// <summary>Half of it: when Vault is away then, a good part is left to try again before two thirds are over.</summary>
    public DateTimeOffset RenewAt => Duration == TimeSpan.Zero ? DateTimeOffset.MaxValue : Since + Duration / 2;

    public DateTimeOffset Ends => Duration == TimeSpan.Zero ? DateTimeOffset.MaxValue : Since + Duration;

    /// <summary>Out of the <c>auth</c> of a login or a renewal.</summary>
    public static bool TryOfAuth(JsonElement body, DateTimeOffset now, [NotNullWhen(true)] out VaultLease? lease)
    {
        lease = null;
        if (!Has(body, "auth", JsonValueKind.Object, out var auth)
            || !Has(auth, "client_token", JsonValueKind.String, out var token) || token.GetString() is not { Length: > 0 } text)
            return false;
        lease = new VaultLease(new SecretText(text), now, Seconds(auth, "lease_duration"), IsTrue(auth, "renewable"));
        return true;
    }

    /// <summary>Of a token that was given, out of what Vault knows about it.</summary>
    public static bool TryOfLookUp(SecretText token, JsonElement body, DateTimeOffset now, [NotNullWhen(true)] out VaultLease? lease)
    {
        lease = Has(body, "data", JsonValueKind.Object, out var data)
            ? new VaultLease(token, now, Seconds(data, "ttl"), IsTrue(data, "renewable"))
            : null;
        return lease is not null;
    }

    internal static bool Has(JsonElement element, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind == kind;
    }

    private static TimeSpan Seconds(JsonElement element, string name) =>
        Has(element, name, JsonValueKind.Number, out var value) && value.TryGetInt64(out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue))
            : TimeSpan.Zero;

    private static bool IsTrue(JsonElement element, string name) => Has(element, name, JsonValueKind.True, out _);
}
