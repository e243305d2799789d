using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Tests.Configuration;

namespace Tumbler.Silo.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task A_start_with_wrong_settings_ends_with_a_list_and_its_own_exit_code()
    {
        var (exitCode, output, errors) = await Run(Path.GetTempPath(), "--Engine:Kind", "cluster", "--Engine:Knid", "single");

        Assert.Equal(
            """
            Tumbler can't start: 2 settings are wrong.
              Engine:Kind: this build has no cluster engine; use single
              Engine:Knid: unknown setting; did you mean Engine:Kind?

            """, errors);
        Assert.Equal("", output);
        Assert.Equal(StartUp.ConfigurationError, exitCode);
    }

    [Fact]
    public async Task A_start_on_a_taken_address_says_so_and_ends()
    {
        using var directory = new SettingsDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, _, errors) = await Run(directory.Path, "--urls", $"http://{taken.LocalEndpoint}");

        Assert.Equal(
            $"""
            Tumbler can't start: one setting is wrong.
              urls: Failed to bind to address http://{taken.LocalEndpoint}: address already in use.

            """, errors);
        Assert.Equal(StartUp.ConfigurationError, exitCode);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> Run(string directory, params string[] arguments)
    {
        var silo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tumbler.Silo.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        silo.Environment["DOTNET_ENVIRONMENT"] = "Development";

        using var process = Process.Start(silo)!;
        var stop = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output, await errors);
    }
}
