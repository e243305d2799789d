namespace Tumbler.Silo.Configuration;

/// <summary>How traces and metrics travel.</summary>
public enum OtlpProtocol
{
    /// <summary>Protobuf in HTTP requests.</summary>
    Http,

    Grpc,
}
