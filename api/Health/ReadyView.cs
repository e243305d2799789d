using Tumbler.Engine.Readiness;

namespace Tumbler.Api.Health;

internal sealed record ReadyView(string Status, IReadOnlyList<ReadinessCheck> Checks);
