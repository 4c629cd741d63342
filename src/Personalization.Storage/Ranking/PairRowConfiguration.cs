using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Personalization.Storage.Pictures;

namespace Personalization.Storage.Ranking;

internal sealed class PairRowConfiguration : IEntityTypeConfiguration<PairRow>
{
    public void Configure(EntityTypeBuilder<PairRow> builder)
    {
        builder.ToTable("Pairs");
        builder.HasKey(pair => pair.Id);

        // At most one pair is open for a profile.
        builder.HasIndex(pair => pair.ProfileId).IsUnique().HasFilter("\"Choice\" IS NULL").HasDatabaseName("IX_Pairs_Open");

        // The answers of a profile in order. Ids grow with time, and a pair is answered before the next one is opened.
        builder.HasIndex(pair => new { pair.ProfileId, pair.Id });

        builder.HasOne<PictureRow>().WithMany().HasForeignKey(pair => pair.LeftId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PictureRow>().WithMany().HasForeignKey(pair => pair.RightId).OnDelete(DeleteBehavior.Restrict);
    }
}
