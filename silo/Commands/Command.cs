namespace Tumbler.Silo.Commands;

/// <summary>Something this program does, then ends.</summary>
/// <param name="Name">Its words, as typed before everything else: <c>audit verify</c>.</param>
/// <param name="Operands">What follows the name, for people.</param>
/// <param name="Summary">In one line.</param>
/// <param name="Run">Gives the exit code.</param>
internal sealed record Command(string Name, string Operands, string Summary, Func<CommandCall, Task<int>> Run)
{
    public IReadOnlyList<string> Words { get; } = Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
