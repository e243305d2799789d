using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tumbler.Grains.Members;

/// <summary>Ends this process because its cluster is over for it, in a way that makes the supervisor start it again.</summary>
public sealed partial class SiloEnd(IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<SiloEnd> log)
{
    /// <summary>EX_TEMPFAIL of <c>sysexits.h</c>: a restart will help.</summary>
    public const int ExitCode = 75;

    /// <summary>For requests under way. What hangs, hangs on a cluster that is not there any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private int ending;

    /// <summary>Whether it was this that ended the process.</summary>
    public bool HasCome => ending != 0;

    /// <param name="reason">To be read after "because".</param>
    public void Come(string reason)
    {
        if (Interlocked.Exchange(ref ending, 1) != 0)
            return;
        LogEnd(reason);
        lifetime.StopApplication();
        _ = Insist();
    }

    private async Task Insist()
    {
        await Task.Delay(Patience, clock);
        Environment.Exit(ExitCode);
    }

    [LoggerMessage(LogLevel.Critical, "This silo ends, to be started again, because {Reason}.")]
    private partial void LogEnd(string reason);
}
