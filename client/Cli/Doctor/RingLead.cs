namespace Tumbler.Cli.Doctor;

internal static class RingLead
{
    /// <summary>Verifiers in wide use keep key sets for up to 12.6 h.</summary>
    public static readonly TimeSpan Safe = TimeSpan.FromHours(13);
}
