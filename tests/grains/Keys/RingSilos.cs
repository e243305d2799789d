using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.TestingHost;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Engine;
using Tumbler.Grains.Keys;
using Tumbler.Grains.Organizations;
using Tumbler.Grains.Snapshots;
using Tumbler.Grains.Wire;
using Tumbler.Storage.Journal;
using Tumbler.Tests.Clock;

namespace Tumbler.Grains.Tests.Keys;

/// <summary>Two silos with the rings of one real journal, on a clock that stands still; reminders and sweeps go by it too.</summary>
internal sealed class RingSilos : IAsyncDisposable
{
    private static readonly FrozenDictionary<RingId, PutRing> Rings =
        new Dictionary<RingId, PutRing> { [RingId.Default] = new(Algorithm: "ES256") }.ToFrozenDictionary();
}
