using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedTransfers : IKeyTransfers
{
    public List<object> Requests { get; } = [];

    public Task<Result<ExportedKey>> Export(RingId ring, Kid kid, ExportKey request, CallContext call)
    {
        Requests.Add(request);
        return Task.FromResult<Result<ExportedKey>>(new ExportedKey(ring, kid, JwsAlgorithm.ES256, KeyFormat.Pkcs8, "-----BEGIN"));
    }

    public Task<Result<KeyView>> Import(RingId ring, ImportKey request, CallContext call)
    {
        Requests.Add(request);
        var at = FixedClock.Now;
        return Task.FromResult<Result<KeyView>>(new KeyView(
            ScriptedRings.Kid, JwsAlgorithm.RS256, 3, KeyOrigin.Imported, KeyState.Retired, true, at, at, at, at, at, null, null, null, at));
    }
}
