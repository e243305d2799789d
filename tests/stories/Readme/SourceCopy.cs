using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tumbler.Stories.Tests.Readme;

/// <summary>A copy of what a reader has after cloning: nothing of this working copy is touched by what is pasted there.</summary>
internal static class SourceCopy
{
    /// <summary>What a build reads, and what an earlier one left.</summary>
    private static readonly string[] Names =
        ["run", "contracts", "core", "engine", "storage", "grains", "api", "silo", "client", "eng", "global.json", ".editorconfig", "Directory.Build.props", "Directory.Packages.props"];

    public static async Task<TemporaryDirectory> Of(string root)
    {
        var directory = new TemporaryDirectory();

        // With times and modes: ./run sees by them whether it has to build.
        using var cp = Process.Start("cp", ["-a", .. Names.Select(name => Path.Combine(root, name)), directory.Path]);
        await cp.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, cp.ExitCode);
        return directory;
    }

    /// <summary>Without what a build has left.</summary>
    public static async Task<TemporaryDirectory> Clean(string root)
    {
        var copy = await Of(root);
        foreach (var left in Directory.GetDirectories(copy.Path, "*", SearchOption.AllDirectories).Where(folder => Path.GetFileName(folder) is "bin" or "obj").Order(StringComparer.Ordinal))
        {
            if (Directory.Exists(left))
                Directory.Delete(left, recursive: true);
        }

        return copy;
    }

    /// <summary>Whether the port that the README names is to be had on this machine.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
