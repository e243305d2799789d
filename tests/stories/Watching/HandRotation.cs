using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Watching;

/// <summary>A rotation that somebody asked for. Times are the server's.</summary>
internal sealed record HandRotation(DateTimeOffset Asked, DateTimeOffset Answered, Rotated Answer)
{
    public DateTimeOffset EffectiveAt => Answer.EffectiveAt;

    public static async Task<HandRotation> Of(SiloProcess silo, Func<AdminClient, Task<Rotated>> rotate)
    {
        var asked = await silo.Now();
        var answer = await rotate(silo.Admin);
        return new HandRotation(asked, await silo.Now(), answer);
    }
}
