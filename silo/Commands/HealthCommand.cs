using System.Net.Security;
using Microsoft.AspNetCore.Http;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Commands;

/// <summary>Asks the silo that these settings have started here whether it is alive: for a container, which has no other program to ask
/// with. Not whether it is ready: one that has lost the database serves what it knows, and must not be ended for it.</summary>
internal static class HealthCommand
{
    private const int NotAlive = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static async Task<int> Run(CommandCall call)
    {
        var listen = await call.Settings(call.Arguments, ListenOptions.Read);
        if (listen is null)
            return call.Complaints.ExitCode;
        var address = AddressOf(listen.Urls[0]);
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,

#pragma warning disable CA5359 // It is asked by a loopback address that stands in no certificate, and is told nothing.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        };
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(address);
            if (answer.IsSuccessStatusCode)
                return 0;
            call.Errors.WriteLine($"{address} answered {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            call.Errors.WriteLine($"{address} did not answer: {e.Message}");
        }

        return NotAlive;
    }

    /// <summary>Where every address is listened on, the loopback one is among them.</summary>
    private static Uri AddressOf(BindingAddress url)
    {
        var host = url.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "127.0.0.1" : url.Host;
        return new UriBuilder(url.Scheme, host, url.Port, "/health/live").Uri;
    }
}
