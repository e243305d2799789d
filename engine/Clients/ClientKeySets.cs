using Tumbler.Core.Clients;

namespace Tumbler.Engine.Clients;

/// <summary>The keys of registered clients: those that are registered by value, and those that are fetched from where the clients publish
/// them. Who asks for one client's keys never waits for another's.</summary>
/// <param name="fetch">Null when it did not succeed; then it has said so in the log.</param>
/// <param name="most">Of how many addresses the keys are kept.</param>
public sealed class ClientKeySets(Func<Uri, Task<byte[]?>> fetch, TimeProvider machineClock, int most = 1_000)
{
    /// <summary>So long a key that a client has taken back goes on being accepted.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>So long a client's server may be away.</summary>
    public static readonly TimeSpan KeptOnError = TimeSpan.FromHours(1);

    private readonly Dictionary<string, FetchedKeys> fetched = [];
    private readonly Lock gate = new();

    /// <summary>Null when there are none, or none that could be had.</summary>
    /// <param name="has">Whether a set has what is needed; one that was fetched a while ago and has not is fetched anew.</param>
    public ValueTask<ClientKeySet?> Find(RegisteredClient client, Func<ClientKeySet, bool> has) =>
        client.KeysUri is { } uri ? Of(uri).Find(has) : ValueTask.FromResult(client.Keys);

    /// <summary>How many addresses' keys are kept.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return fetched.Count;
        }
    }

    private FetchedKeys Of(string uri)
    {
        lock (gate)
        {
            if (!fetched.TryGetValue(uri, out var keys))
            {
                if (fetched.Count >= most)
                    fetched.Remove(fetched.MinBy(each => each.Value.UsedAt).Key);
                fetched[uri] = keys = new FetchedKeys(() => fetch(new Uri(uri)), machineClock);
            }

            keys.UsedAt = machineClock.GetTimestamp();
            return keys;
        }
    }
}
