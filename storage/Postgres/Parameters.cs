using Npgsql;
using NpgsqlTypes;

namespace Tumbler.Storage.Postgres;

/// <summary>Values for statements, with their types: the server is not left to guess.</summary>
internal static class Parameters
{
    public static NpgsqlParameter Text(string? value) => value is null
        ? new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = DBNull.Value }
        : new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = value };

    public static NpgsqlParameter Number(long value) => new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = value };

    /// <param name="utf8">One JSON document.</param>
    public static NpgsqlParameter Json(byte[] utf8) => new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Jsonb, TypedValue = utf8 };
}
