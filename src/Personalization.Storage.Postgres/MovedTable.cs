namespace Personalization.Storage.Postgres;

/// <summary>A table that <see cref="StorageMove"/> has copied, and found to be the same in both databases.</summary>
/// <param name="Rows">How many it has.</param>
/// <param name="Checksum">SHA-256 over the values of all of its rows in the order of their keys, as lower-case hexadecimal digits.</param>
public sealed record MovedTable(string Name, long Rows, string Checksum);
