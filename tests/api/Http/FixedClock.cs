namespace Tumbler.Api.Tests.Http;

internal sealed class FixedClock : TimeProvider
{
    public static readonly DateTimeOffset Now = new(2031, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
