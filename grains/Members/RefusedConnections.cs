using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Tumbler.Grains.Members;

/// <summary>Says in one line why a connection between silos was refused: Orleans itself says it with stack traces, or not at all.
/// At most one line in ten seconds for each kind of reason, because whoever reaches the port can knock as often as he likes.</summary>
internal sealed partial class RefusedConnections(TimeProvider clock, ILogger<RefusedConnections> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>TLS checks a certificate without saying on which connection; what runs for a connection carries this along.</summary>
    private readonly AsyncLocal<Attempt?> current = new();

    private readonly Lock writing = new();
    private readonly Dictionary<string, (long Last, int Silent)> said = new(StringComparer.Ordinal);

    /// <param name="tls">Whether silos show certificates.</param>
    public void Watch(SiloConnectionOptions options, bool tls)
    {
        options.ConfigureSiloInboundConnection(connections => connections.Use(next => context => Run(next, context, tls, "from")));
        options.ConfigureSiloOutboundConnection(connections => connections.Use(next => context => Run(next, context, tls, "to")));
    }

    /// <summary>The reason for which the current connection is about to fail.</summary>
    public void BecauseOfCertificate(string reason)
    {
        if (current.Value is { } attempt)
            attempt.Certificate = reason;
    }

    private async Task Run(ConnectionDelegate next, ConnectionContext context, bool tls, string direction)
    {
        var attempt = new Attempt();
        current.Value = attempt;
        var peer = context.RemoteEndPoint;
        try
        {
            await next(context);
        }
        catch (InvalidOperationException failure)
        {
            // Of what goes wrong on a connection, this is what Orleans throws when the other side is none of ours.
            Refused("peer", direction, peer, failure.Message);
            throw;
        }

        if (attempt.Certificate is { } reason)
            Refused("certificate", direction, peer, $"the other side's certificate {reason}");
        else if (tls && context.Features.Get<ITlsConnectionFeature>()?.RemoteCertificate is null)
            Refused("tls", direction, peer, "the TLS handshake failed; the other side speaks no TLS, shows no certificate or does not trust this silo's");
    }

    private void Refused(string kind, string direction, EndPoint? peer, string reason)
    {
        int silent;
        lock (writing)
        {
            var known = said.TryGetValue(kind, out var last);
            if (known && clock.GetElapsedTime(last.Last) < Pause)
            {
                said[kind] = (last.Last, last.Silent + 1);
                return;
            }

            silent = last.Silent;
            said[kind] = (clock.GetTimestamp(), 0);
        }

        LogRefused(direction, peer, reason.ReplaceLineEndings(" ").TrimEnd('.'), silent);
    }

    [LoggerMessage(LogLevel.Warning, "Refused a silo connection {Direction} {Peer}: {Reason}. ({Silent} more like it since this was last said.)")]
    private partial void LogRefused(string direction, EndPoint? peer, string reason, int silent);

    private sealed class Attempt
    {
        public string? Certificate { get; set; }
    }
}
