using Tumbler.Engine.Readiness;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedReadiness : IReadiness
{
    public ReadinessCheck[] Checks { get; set; } = [new("store", true, null)];

    public ValueTask<IReadOnlyList<ReadinessCheck>> Check(CancellationToken stop) => new(Checks);
}
