namespace Tumbler.Cli.Demo.Tally;

/// <summary>Who is shown tokens.</summary>
internal enum Party
{
    /// <summary>Verifies by itself, with the published keys it has kept.</summary>
    Verifier,

    /// <summary>An HTTP service that lets good tokens in.</summary>
    Service,
}
