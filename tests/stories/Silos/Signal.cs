using System.Diagnostics;

namespace Tumbler.Stories.Tests.Silos;

/// <summary>What the kernel tells a process.</summary>
internal static class Signal
{
    public static async Task Send(string name, int process)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{process}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }
}
