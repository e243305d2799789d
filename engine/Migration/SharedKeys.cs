using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Migration;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Migration;
using Tumbler.Engine.Audit;

namespace Tumbler.Engine.Migration;

/// <summary>Recognises the shared keys that services are leaving, and counts who still uses them. Holds keyed hashes of them only, and
/// compares as with API keys: what a guess has in common with a key changes no time that anybody could measure.</summary>
public sealed partial class SharedKeys
{
    /// <summary>A longer text is none, and is not hashed.</summary>
    public const int MaxLength = 512;

    private static readonly TimeSpan WarningPause = TimeSpan.FromHours(1);

    // Nothing that is hashed with it is kept beyond this process.
    private readonly byte[] hashKey = Chance.Bytes(32);
    private readonly ConcurrentDictionary<(string Client, string? Service), Usage> usages = [];
    private readonly SecurityEvents events;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly DateTimeOffset since;
    private volatile Known current;

    public SharedKeys(SharedKeySetup setup, SecurityEvents events, TimeProvider clock, ILogger<SharedKeys> log)
    {
        (this.events, this.clock, this.log, since) = (events, clock, log, clock.Now());
        current = Know(setup);
    }

    public SharedKeySetup Setup => current.Setup;

    /// <summary>From now on these; counts stay.</summary>
    public void Replace(SharedKeySetup next) => current = Know(next);

    /// <param name="service">The audience of the service it was presented to, as far as that is known.</param>
    /// <param name="address">The client's, as far as that is known.</param>
    /// <returns>Null when it is no shared key.</returns>
    public SharedKeyAnswer? Present(string? presented, string? service, string? address, RequestOrigin origin)
    {
        var known = current;
        if (known.Clients.Count == 0 || presented is not { Length: > 0 and <= MaxLength } || !known.Clients.TryGetValue(Hash(presented), out var client))
            return null;

        var now = clock.Now();
        var plan = known.Setup.Plan;
        var decision = plan.Decide(service);
        var usage = usages.GetOrAdd((client, decision.Service), _ => new Usage());
        var warn = usage.Count(decision, address ?? origin.Source, now);
        if (!decision.Accepted)
        {
            events.Record(new SecurityEvent(SecurityReason.SharedKeyRefused, origin, now) { ClientAddress = address == origin.Source ? null : address });
            return new SharedKeyAnswer(client, false, null);
        }

        if (warn)
            LogDeprecated(client, decision.Service ?? "a service that is not configured");
        return new SharedKeyAnswer(client, true, decision.Warns ? new DeprecationNotice(plan.Deprecated, plan.Sunset) : null);
    }

    public NodeMigration Counted() => new(since, [.. usages.Select(each => each.Value.View(each.Key.Client, each.Key.Service))]);

    private Known Know(SharedKeySetup next) => new(next, next.Keys.ToFrozenDictionary(key => Hash(key.Value), key => key.Key));

    private ApiKeyHash Hash(string text)
    {
        Span<byte> hash = stackalloc byte[ApiKeyHash.Length];
        HMACSHA256.HashData(hashKey, Encoding.UTF8.GetBytes(text), hash);
        return new ApiKeyHash(hash);
    }

    [LoggerMessage(LogLevel.Warning, "Client {Client} still uses its shared key at {Service}; told once an hour, all uses are in the migration report")]
    private partial void LogDeprecated(string client, string service);

    private sealed record Known(SharedKeySetup Setup, FrozenDictionary<ApiKeyHash, string> Clients);

    private sealed class Usage
    {
        private readonly Lock gate = new();
        private readonly byte[] addresses = AddressSketch.Empty();
        private long accepted;
        private long refused;
        private DateTimeOffset last;
        private DateTimeOffset warned = DateTimeOffset.MinValue;

        /// <returns>Whether the operator is to be told.</returns>
        public bool Count(SharedKeyDecision decision, string address, DateTimeOffset now)
        {
            lock (gate)
            {
                accepted += decision.Accepted ? 1 : 0;
                refused += decision.Accepted ? 0 : 1;
                last = now;
                AddressSketch.Add(addresses, address);
                if (!decision.Warns || now - warned < WarningPause)
                    return false;
                warned = now;
                return true;
            }
        }

        public SharedKeyCount View(string client, string? service)
        {
            lock (gate)
                return new SharedKeyCount(client, service, accepted, refused, last, Convert.ToBase64String(addresses));
        }
    }
}
