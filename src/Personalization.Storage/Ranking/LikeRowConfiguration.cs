using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Personalization.Storage.Pictures;

namespace Personalization.Storage.Ranking;

internal sealed class LikeRowConfiguration : IEntityTypeConfiguration<LikeRow>
{
    public void Configure(EntityTypeBuilder<LikeRow> builder)
    {
        builder.ToTable("Likes");
        builder.HasKey(like => like.Id);

        // One like for each profile and picture.
        builder.HasIndex(like => new { like.ProfileId, like.PictureId }).IsUnique();
        builder.HasOne<PictureRow>().WithMany().HasForeignKey(like => like.PictureId).OnDelete(DeleteBehavior.Restrict);
    }
}
