namespace Tumbler.Cli.Demo.Tokens;

/// <summary>What a token that was shown to somebody is worth by right.</summary>
internal enum Worth
{
    /// <summary>Whoever refuses it is wrong.</summary>
    Good,

    /// <summary>Whoever accepts it is wrong.</summary>
    Bad,

    /// <summary>It ended while the answer was on its way: either answer is right.</summary>
    Undecided,
}
