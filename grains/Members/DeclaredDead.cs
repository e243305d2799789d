using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Tumbler.Grains.Members;

/// <summary>What Orleans calls when it can't go on, which is nearly always because the others have declared this silo dead: it
/// stood still for too long, or could not be reached. They own its grains already. Its own handler would dump the process.</summary>
internal sealed class DeclaredDead(IServiceProvider services) : IFatalErrorHandler
{
    /// <summary>How Orleans begins when it has read it in the table of members; what follows is a row of that.</summary>
    private const string Told = "I have been told I am dead";

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        var reason = $"{context}{(exception is null ? "" : $" {exception.Message}")}".ReplaceLineEndings(" ").TrimEnd('.');

        // Not by constructor: what it takes is made after this.
        services.GetRequiredService<SiloEnd>().Come(reason.StartsWith(Told, StringComparison.Ordinal)
            ? "the others have declared it dead: it stood still, or could not be reached, for too long"
            : $"Orleans gave up ({reason})");
    }
}
