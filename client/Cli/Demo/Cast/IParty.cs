using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>Somebody who is shown tokens.</summary>
internal interface IParty
{
    Party Party { get; }

    /// <returns>Whether the token was accepted; null when nothing was said about it.</returns>
    Task<bool?> Accepts(string token, CancellationToken stop);
}
