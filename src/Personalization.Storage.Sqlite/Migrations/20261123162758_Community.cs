using Personalization.Taste.Model;
﻿using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Personalization.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Community : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<byte[]>(
                name: "Style",
                table: "Pictures",
                type: "BLOB",
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "BLOB");

            migrationBuilder.AddColumn<byte[]>(
                name: "Features",
                table: "Pictures",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FeaturesVersion",
                table: "Pictures",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "Expectation",
                table: "Pairs",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsRandom",
                table: "Pairs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "Communities",
                columns: table => new
                {
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    FittedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    People = table.Column<int>(type: "INTEGER", nullable: false),
                    Comparisons = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Communities", x => x.Version);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Communities");

            migrationBuilder.DropColumn(
                name: "Features",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "FeaturesVersion",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "Expectation",
                table: "Pairs");

            migrationBuilder.DropColumn(
                name: "IsRandom",
                table: "Pairs");

            migrationBuilder.AlterColumn<byte[]>(
                name: "Style",
                table: "Pictures",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0],
                oldClrType: typeof(byte[]),
                oldType: "BLOB",
                oldNullable: true);
        }
    }
}
